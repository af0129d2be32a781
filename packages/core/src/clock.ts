/** Where all time comes from, also in SQL: the sandbox moves it. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that runs at the normal pace from a moved hand. */
export const movableClock = (base: Clock = systemClock): Clock & { moveTo: (offsetMs: number) => void } => {
  let offset = 0
  return {
    now: () => new Date(base.now().getTime() + offset),
    moveTo: (offsetMs) => {
      offset = offsetMs
    },
  }
}

const second = 1000
export const seconds = (n: number) => n * second
export const minutes = (n: number) => n * 60 * second
export const hours = (n: number) => n * 60 * 60 * second
export const days = (n: number) => n * 24 * 60 * 60 * second

export const after = (from: Date, ms: number): Date => new Date(from.getTime() + ms)
