import type { Scale } from '../cases/scale.ts'
import { type Round, summarise } from '../run/statistics.ts'
import { figure, table } from './table.ts'
import type { Result } from './write.ts'

const columns = ['People', 'per second', 'p50 ms', 'p95 ms', 'CPU ms/1000', 'database CPU ms/1000']

const rowsOf = (measured: Map<string, Round[]>) =>
  [...measured].map(([name, rounds]) => {
    const sum = summarise(rounds)
    return [name, ...[sum.throughput, sum.p50, sum.p95, sum.cpu, sum.databaseCpu].map(figure)]
  })

export const scaleResult = (scale: Scale): Result => ({
  name: 'scale',
  markdown: [
    '## Sign-in among a thousand people and among a million, 4 connections',
    'Code verification:',
    table(columns, rowsOf(scale.verify)),
    'Session read:',
    table(columns, rowsOf(scale.read)),
    scale.scanned.length > 0
      ? `Read from end to end: ${scale.scanned.join(', ')}.`
      : 'No table that grows with people was read from end to end.',
  ].join('\n\n'),
  targets: [
    {
      what: 'A million people, CPU of a code verification',
      value: scale.cost.verify,
      unit: '×',
      atMost: 1.2,
    },
    { what: 'A million people, CPU of a session read', value: scale.cost.read, unit: '×', atMost: 1.2 },
    {
      what: 'A million people, tables read from end to end',
      value: scale.scanned.length,
      unit: '',
      atMost: 0,
    },
  ],
  data: scale,
})
