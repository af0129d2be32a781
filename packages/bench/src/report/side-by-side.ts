import type { SideBySide } from '../measures/side-by-side.ts'
import { type Round, ratio, summarise } from '../run/statistics.ts'
import { figure, table } from './table.ts'
import type { Target } from './target.ts'

const columns = [
  'Server',
  'per second',
  'between',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms/1000',
  'database CPU ms/1000',
  'of the floor',
]

const rowsOf = (measured: Map<string, Round[]>): string[][] => {
  const floor = measured.get('Floor') ?? []
  return [...measured].map(([name, rounds]) => {
    const sum = summarise(rounds)
    return [
      name,
      figure(sum.throughput),
      `${figure(sum.slowest)}–${figure(sum.fastest)}`,
      figure(sum.p50),
      figure(sum.p95),
      figure(sum.p99),
      figure(sum.cpu),
      figure(sum.databaseCpu),
      figure(ratio(rounds, floor, 'throughput')),
    ]
  })
}

export const sideBySideTables = (result: SideBySide): string =>
  [
    '## Code verification, 16 connections',
    table(columns, rowsOf(result.verify)),
    '## Session read, 16 connections',
    table(columns, rowsOf(result.read16)),
    '## Session read, 64 connections',
    table(columns, rowsOf(result.read64)),
    '## A burst of 50 password sign-ins while sessions are read',
    table(
      ['Server', 'reads quiet p95 ms', 'reads in burst p95 ms', 'times', 'signed in', 'refused', 'took s'],
      [...result.burst].map(([name, one]) => [
        name,
        figure(one.quiet),
        figure(one.busy),
        figure(one.ratio),
        String(one.signIns),
        String(one.refused),
        figure(one.took / 1000),
      ]),
    ),
    '## Round trips to the database per operation',
    table(
      ['Server', 'code verification', 'session read', 'password sign-in'],
      [...result.roundTrips].map(([name, one]) => [
        name,
        figure(one.verify),
        figure(one.read),
        figure(one.signIn),
      ]),
    ),
  ].join('\n\n')

export const sideBySideTargets = (result: SideBySide): Target[] => {
  const of = (measured: Map<string, Round[]>, other: string, column: keyof Round) =>
    ratio(measured.get('Countersign') ?? [], measured.get(other) ?? [], column)
  const trips = result.roundTrips.get('Countersign')
  const times = '×'
  return [
    {
      what: 'Code verification, throughput of the floor',
      value: of(result.verify, 'Floor', 'throughput'),
      unit: times,
      atLeast: 0.6,
    },
    {
      what: 'Code verification, throughput of better-auth',
      value: of(result.verify, 'better-auth', 'throughput'),
      unit: times,
      atLeast: 4,
    },
    { what: 'Code verification, round trips', value: trips?.verify ?? Number.NaN, unit: '', atMost: 4 },
    {
      what: 'Code verification, CPU of the floor',
      value: of(result.verify, 'Floor', 'cpu'),
      unit: times,
      atMost: 2,
    },
    { what: 'Session read, round trips', value: trips?.read ?? Number.NaN, unit: '', atMost: 1 },
    ...([16, 64] as const).map((connections) => ({
      what: `Session read at ${connections}, throughput of the floor`,
      value: of(connections === 16 ? result.read16 : result.read64, 'Floor', 'throughput'),
      unit: times,
      atLeast: 0.8,
    })),
    {
      what: 'Session read, CPU of the floor',
      value: of(result.read16, 'Floor', 'cpu'),
      unit: times,
      atMost: 2,
    },
    {
      what: 'Session read p95 in a burst of 50 sign-ins, of its quiet value',
      value: result.burst.get('Countersign')?.ratio ?? Number.NaN,
      unit: times,
      atMost: 3,
    },
  ]
}
