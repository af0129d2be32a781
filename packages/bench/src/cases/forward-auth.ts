import { roundTrips } from '../measures/round-trips.ts'
import { figure, table } from '../report/table.ts'
import type { Result } from '../report/write.ts'
import { during } from '../run/client.ts'
import { enter, interleave } from '../run/entrant.ts'
import { ratio, summarise } from '../run/statistics.ts'
import { inWorld } from '../run/world.ts'
import { floor } from '../subjects/floor/floor.ts'
import { guarded } from '../subjects/portal/guarded.ts'
import { portal } from '../subjects/portal/portal.ts'

const connections = 64
const times = '×'

/** A proxy's question about each request, beside the floor's session read, at 64 connections. */
export const forwardAuth = (
  effort: { rounds: number; readFor: number },
  say: (text: string) => void,
): Promise<Result> =>
  inWorld(async (world) => {
    const trips = await roundTrips(world, guarded())
    const entrants = []
    for (const subject of [floor, portal(100, 'Countersign, session read'), guarded()]) {
      say(`preparing ${subject.name} …`)
      entrants.push(await enter(world, subject, { verify: 0, read: 200, signIn: 0 }))
    }
    say('reads and checks, 64 connections …')
    const measured = await interleave(entrants, effort.rounds, (entrant) =>
      entrant.measure(connections, during(effort.readFor, entrant.prepared.read)),
    )
    const rounds = [...measured.values()]
    const [floors = [], , checks = []] = rounds
    const rows = entrants.map((entrant, at) => {
      const sum = summarise(rounds[at] ?? [])
      const share = ratio(rounds[at] ?? [], floors, 'throughput')
      return [
        entrant.subject.name,
        ...[sum.throughput, sum.p50, sum.p95, sum.p99, sum.cpu, share].map(figure),
      ]
    })
    const check = summarise(checks)
    return {
      name: 'forward-auth',
      markdown: [
        '## Forward authentication, 64 connections',
        table(['Server', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms/1000', 'of the floor'], rows),
      ].join('\n\n'),
      targets: [
        { what: 'Forward-auth check, round trips', value: trips.read, unit: '', atMost: 1 },
        {
          what: 'Forward-auth check at 64, throughput of the floor’s session read',
          value: ratio(checks, floors, 'throughput'),
          unit: times,
          atLeast: 0.8,
        },
        {
          what: 'Forward-auth check at 64, p99 of its p50',
          value: check.p99 / check.p50,
          unit: times,
          atMost: 4,
        },
      ],
      data: Object.fromEntries(entrants.map(({ subject }, at) => [subject.name, rounds[at]])),
    }
  })
