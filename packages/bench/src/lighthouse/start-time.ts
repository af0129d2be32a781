import { inTemporaryHome, withProduct } from './product.ts'

/** Seconds from a start to a portal that answers: the first makes the database, the others find it. */
export type StartTimes = { first: number; warm: number[] }

export const startTimes = (count: number): Promise<StartTimes> =>
  inTemporaryHome(async (home) => {
    const seconds = () => withProduct(home, async (_portal, taken) => taken)
    const first = await seconds()
    const warm: number[] = []
    for (let at = 0; at < count; at++) warm.push(await seconds())
    return { first, warm }
  })
