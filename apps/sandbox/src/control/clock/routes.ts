import { Hono } from 'hono'
import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { readJson } from '../../http/read-json.ts'
import type { inTurn } from '../in-turn.ts'
import type { Portal } from '../portal.ts'
import type { Clock } from './clock.ts'
import { durationInMs, longestAdvanceMs } from './duration.ts'

const advanceShape = z.object({ advance: z.string().max(100) })

type Parts = { clock: Clock; portal: Portal; oneByOne: ReturnType<typeof inTurn> }

/** The portal moves first: if it cannot, neither does the sandbox, and both still agree on the time. */
export function clockRoutes({ clock, portal, oneByOne }: Parts) {
  const state = () => ({ now: clock.now().toISOString(), offsetMs: clock.offsetMs() })
  const moveTo = async (offsetMs: number) => {
    await portal.setClock(offsetMs)
    clock.set(offsetMs)
    return state()
  }

  return new Hono()
    .get('/', (c) => c.json(state()))
    .post('/', async (c) => {
      const { advance } = await readJson(c, advanceShape)
      const by = durationInMs(advance, clock.now())
      if (by === undefined) {
        throw new Problem(
          400,
          `"${advance}" is not an ISO 8601 duration such as PT48H. DELETE puts the clock back.`,
        )
      }
      return c.json(
        await oneByOne(() => {
          const offsetMs = clock.offsetMs() + by
          if (offsetMs > longestAdvanceMs) throw new Problem(400, 'The clock goes ten years ahead at most.')
          return moveTo(offsetMs)
        }),
      )
    })
    .delete('/', async (c) => c.json(await oneByOne(() => moveTo(0))))
}
