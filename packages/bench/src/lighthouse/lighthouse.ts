import { launch } from 'chrome-launcher'
import lighthouse, { type Result as Audits } from 'lighthouse'
import { findBrowser } from '../../../../scripts/lib/browser.ts'
import { median } from '../run/statistics.ts'
import { inTemporaryHome, withProduct } from './product.ts'
import { type Script, weigh } from './scripts.ts'

const categories = ['performance', 'accessibility', 'best-practices'] as const
type Category = (typeof categories)[number]

export type PageReport = {
  /** Of 100, the median of the runs. */
  scores: Record<Category, number>
  scripts: Script[]
  /** What cost points, by the audit's name. */
  findings: string[]
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Lighthouse's mobile preset on the pages that people open first, of a product started for it. */
export const firstPages = (runs: number): Promise<{ signIn: PageReport; authenticator: PageReport }> =>
  inTemporaryHome((home) =>
    withProduct(home, async (portal) => ({
      signIn: await reportOn(`${portal}/login`, runs),
      authenticator: await reportOn(`${portal}/authenticator/`, runs),
    })),
  )

const reportOn = async (url: string, runs: number): Promise<PageReport> => {
  const reports: Audits[] = []
  for (let run = 0; run < runs; run++) reports.push(await audit(url))
  const score = (category: Category) =>
    median(reports.map((report) => (report.categories[category]?.score ?? 0) * 100))
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
    },
    scripts: await weigh(reports[0] ? scriptsOf(reports[0]) : []),
    findings: [...new Set(reports.flatMap(findingsOf))],
  }
}

/** Now and then Lighthouse misses the beginning of a page, and asks to be run again. */
const audit = (url: string): Promise<Audits> => auditOnce(url).catch(() => auditOnce(url))

const auditOnce = async (url: string): Promise<Audits> => {
  const chrome = await launch({ chromePath: findBrowser(), chromeFlags: flags })
  try {
    const run = await lighthouse(url, {
      port: chrome.port,
      onlyCategories: [...categories],
      logLevel: 'error',
    })
    if (!run || run.lhr.runtimeError)
      throw new Error(run?.lhr.runtimeError?.message ?? 'Lighthouse said nothing')
    return run.lhr
  } finally {
    chrome.kill()
  }
}

type Request = { url: string; resourceType?: string; transferSize: number }

const scriptsOf = (report: Audits): Request[] => {
  const details = report.audits['network-requests']?.details
  const requests = (details && 'items' in details ? details.items : []) as Request[]
  return requests.filter((one) => one.resourceType === 'Script' && one.url.startsWith('http'))
}

const findingsOf = (report: Audits): string[] =>
  categories.flatMap((category) =>
    (report.categories[category]?.auditRefs ?? [])
      .filter(({ weight }) => weight > 0)
      .map(({ id }) => report.audits[id])
      .filter((one) => one?.score !== null && one?.score !== undefined && one.score < 0.9)
      .map((one) => `${category}: ${one?.title}${one?.displayValue ? ` (${one.displayValue})` : ''}`),
  )
