import type { PageReport } from '../lighthouse/lighthouse.ts'
import type { StartTimes } from '../lighthouse/start-time.ts'
import { median } from '../run/statistics.ts'
import { figure, table } from './table.ts'
import type { Result } from './write.ts'

const kilobytes = (bytes: number) => bytes / 1000
const total = (report: PageReport, column: 'raw' | 'gzip' | 'brotli') =>
  kilobytes(report.scripts.reduce((sum, script) => sum + script[column], 0))

export const pageResult = (report: PageReport): Result => {
  const rows = report.scripts.map((one) => [
    one.name,
    ...[one.raw, one.gzip, one.brotli, one.sent].map((bytes) => figure(kilobytes(bytes))),
  ])
  const sums = [total(report, 'raw'), total(report, 'gzip'), total(report, 'brotli')].map(figure)
  const of = (what: string, value: number, atLeast: number) => ({ what, value, unit: '', atLeast })
  return {
    name: 'lighthouse',
    markdown: [
      '## JavaScript of the sign-in page, kB',
      table(['Script', 'raw', 'gzip', 'brotli', 'sent'], [...rows, ['all', ...sums, '']]),
      ...(report.findings.length > 0
        ? ['What cost points:', report.findings.map((one) => `- ${one}`).join('\n')]
        : []),
    ].join('\n\n'),
    targets: [
      of('Sign-in page, Lighthouse performance', report.scores.performance, 95),
      of('Sign-in page, Lighthouse accessibility', report.scores.accessibility, 100),
      of('Sign-in page, Lighthouse best practices', report.scores['best-practices'], 100),
      // As the server sends it: pages are compressed with brotli when they are built.
      { what: 'Sign-in page, JavaScript (brotli)', value: total(report, 'brotli'), unit: 'kB', atMost: 115 },
    ],
    data: report,
  }
}

export const startResult = (times: StartTimes): Result => ({
  name: 'start',
  markdown: [
    '## Start to a portal that answers, s',
    table(['First, making the database', 'Warm'], [[figure(times.first), times.warm.map(figure).join(', ')]]),
  ].join('\n\n'),
  targets: [{ what: 'Warm start', value: median(times.warm), unit: 's', atMost: 6 }],
  data: times,
})
