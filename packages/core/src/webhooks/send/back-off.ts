import { after } from '../../clock.ts'
import { parameters } from '../../policy/parameters.ts'

const { delays, giveUpAfter, rest } = parameters.webhooks

/** A fifth either way, so that what failed together does not come back together. */
const jittered = (ms: number, random: number) => Math.round(ms * (0.8 + random * 0.4))

/**
 * When an event that was tried `tries` times is tried again; null when a day has gone by since it was owed.
 * @param random from [0, 1)
 */
export const nextTry = (tries: number, owedAt: Date, now: Date, random: number): Date | null => {
  const delay = delays[Math.min(tries, delays.length) - 1] ?? delays[0]
  const next = after(now, jittered(delay, random))
  return next > after(owedAt, giveUpAfter) ? null : next
}

/** How long an address that did not answer `misses` times in a row is left alone, ms. */
export const restAfter = (misses: number, random: number): number =>
  jittered(Math.min(rest.first * 2 ** (misses - 1), rest.longest), random)
