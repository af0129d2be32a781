import type { Clock } from '../control/clock/clock.ts'
import type { Events } from '../control/events.ts'
import type { Faults } from '../control/faults.ts'
import { createDirectory } from './directory.ts'
import type { DuoKeys } from './keys.ts'
import { createPushes } from './pushes.ts'
import { createVisits } from './visits.ts'

export type Duo = ReturnType<typeof createDuo>

type Parts = {
  keys: DuoKeys
  clock: Clock
  events: Events
  faults: Faults
  /** `localhost:port` of the TLS listener; known once it listens. */
  apiHostname: () => string
}

/** One Duo account with one application, "Web SDK" in Duo's own words. */
export function createDuo({ keys, clock, events, faults, apiHostname }: Parts) {
  const directory = createDirectory(events, clock.now)
  const pushes = createPushes(events, clock.now)
  const visits = createVisits(clock.now)
  return {
    keys,
    clock,
    events,
    faults,
    apiHostname,
    directory,
    pushes,
    visits,
    /** Forgets everything; these people are set up, each with a phone. */
    reset: (usernames: string[]) => {
      for (const part of [directory, pushes, visits]) part.clear()
      for (const username of usernames) {
        directory.setUp(username, { kind: 'mobile', system: 'ios', number: null })
      }
    },
  }
}
