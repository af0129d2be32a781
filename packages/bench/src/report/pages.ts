import type { PageReport } from '../lighthouse/lighthouse.ts'
import type { StartTimes } from '../lighthouse/start-time.ts'
import { median } from '../run/statistics.ts'
import { figure, table } from './table.ts'
import type { Target } from './target.ts'
import type { Result } from './write.ts'

const kilobytes = (bytes: number) => bytes / 1000
const total = (report: PageReport, column: 'raw' | 'gzip' | 'brotli') =>
  kilobytes(report.scripts.reduce((sum, script) => sum + script[column], 0))

/** Kilobytes of JavaScript as the server sends it: pages are compressed with brotli when they are built. */
const mostScript = { signIn: 115, authenticator: 60 }

const titles = { signIn: 'Sign-in page', authenticator: 'Authenticator, main page' } as const
type Page = keyof typeof titles

const scriptsTable = (page: Page, report: PageReport): string => {
  const rows = report.scripts.map((one) => [
    one.name,
    ...[one.raw, one.gzip, one.brotli, one.sent].map((bytes) => figure(kilobytes(bytes))),
  ])
  const sums = [total(report, 'raw'), total(report, 'gzip'), total(report, 'brotli')].map(figure)
  return [
    `## ${titles[page]}: JavaScript, kB`,
    table(['Script', 'raw', 'gzip', 'brotli', 'sent'], [...rows, ['all', ...sums, '']]),
    ...(report.findings.length > 0
      ? ['What cost points:', report.findings.map((one) => `- ${one}`).join('\n')]
      : []),
  ].join('\n\n')
}

const targetsOf = (page: Page, { scores, ...report }: PageReport): Target[] => {
  const of = (what: string, value: number, atLeast: number): Target => ({
    what: `${titles[page]}, ${what}`,
    value,
    unit: '',
    atLeast,
  })
  return [
    of('Lighthouse performance', scores.performance, 95),
    of('Lighthouse accessibility', scores.accessibility, 100),
    of('Lighthouse best practices', scores['best-practices'], 100),
    {
      what: `${titles[page]}, JavaScript (brotli)`,
      value: total({ scores, ...report }, 'brotli'),
      unit: 'kB',
      atMost: mostScript[page],
    },
  ]
}

export const pageResult = (reports: Record<Page, PageReport>): Result => {
  const pages = Object.keys(titles) as Page[]
  return {
    name: 'lighthouse',
    markdown: pages.map((page) => scriptsTable(page, reports[page])).join('\n\n'),
    targets: pages.flatMap((page) => targetsOf(page, reports[page])),
    data: reports,
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
