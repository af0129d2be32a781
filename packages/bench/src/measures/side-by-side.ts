import { during, each } from '../run/client.ts'
import { type Entrant, enter, interleave, warmUps } from '../run/entrant.ts'
import type { Round } from '../run/statistics.ts'
import { inWorld } from '../run/world.ts'
import { betterAuthSubject } from '../subjects/better-auth/better-auth.ts'
import { floor } from '../subjects/floor/floor.ts'
import { portal } from '../subjects/portal/portal.ts'
import { type Burst, burst } from './burst.ts'
import { type RoundTrips, roundTrips } from './round-trips.ts'

export type Effort = { rounds: number; codes: number; readFor: number; bursts: number }

export type SideBySide = {
  names: string[]
  verify: Map<string, Round[]>
  read16: Map<string, Round[]>
  read64: Map<string, Round[]>
  burst: Map<string, Burst>
  roundTrips: Map<string, RoundTrips>
}

const subjects = [
  { subject: floor, share: 1 },
  { subject: portal(100), share: 1 },
  // Every code of one company is a link of one audit chain, so this is the portal at its worst.
  { subject: portal(1, 'Countersign, all in one company', 'portal_one'), share: 1 },
  // Slower, so fewer codes make a round as long as the others'.
  { subject: betterAuthSubject, share: 0.2 },
]

/** Floor, portal and better-auth on one database, in one run, in turn. */
export const sideBySide = (effort: Effort, say: (text: string) => void): Promise<SideBySide> =>
  inWorld(async (world) => {
    say('round trips …')
    const trips = new Map<string, RoundTrips>()
    for (const { subject } of subjects)
      if (subject.database !== 'portal_one') trips.set(subject.name, await roundTrips(world, subject))
    const entrants: Entrant[] = []
    const shares = new Map<Entrant, number>()
    for (const { subject, share } of subjects) {
      say(`preparing ${subject.name} …`)
      const verify = Math.ceil(effort.codes * share) * (effort.rounds + warmUps)
      const entrant = await enter(world, subject, { verify, read: 200, signIn: 50 })
      entrants.push(entrant)
      shares.set(entrant, share)
    }
    say('code verification, 16 connections …')
    const verify = await interleave(entrants, effort.rounds, (entrant) => {
      const count = Math.ceil(effort.codes * (shares.get(entrant) ?? 1))
      return entrant.measure(16, each(entrant.codes(count)))
    })
    const readers = entrants.filter((entrant) => entrant.subject.database !== 'portal_one')
    const reads = (connections: number) => {
      say(`session read, ${connections} connections …`)
      return interleave(readers, effort.rounds, (entrant) =>
        entrant.measure(connections, during(effort.readFor, entrant.prepared.read)),
      )
    }
    const read16 = await reads(16)
    const read64 = await reads(64)
    say('a burst of 50 password sign-ins …')
    const bursts = await burst(readers, effort.bursts)
    const named = <T>(map: Map<Entrant, T>) =>
      new Map([...map].map(([one, value]) => [one.subject.name, value]))
    return {
      names: entrants.map((one) => one.subject.name),
      verify: named(verify),
      read16: named(read16),
      read64: named(read64),
      burst: named(bursts),
      roundTrips: trips,
    }
  })
