import { join } from 'node:path'
import { root } from '../../../scripts/lib/paths.ts'
import { buildStalePages } from '../../../scripts/lib/product/web-build.ts'
import { approval } from './authenticator/approval.ts'
import { employees } from './cases/employees.ts'
import { enforcement } from './cases/enforcement.ts'
import { forwardAuth } from './cases/forward-auth.ts'
import { scale } from './cases/scale.ts'
import { duoReset } from './duo/reset.ts'
import { duoSignIn } from './duo/sign-in.ts'
import { firstPages } from './lighthouse/lighthouse.ts'
import { startTimes } from './lighthouse/start-time.ts'

import { sideBySide } from './measures/side-by-side.ts'
import { pageResult, startResult } from './report/pages.ts'
import { scaleResult } from './report/scale.ts'
import { sideBySideTables, sideBySideTargets } from './report/side-by-side.ts'
import { type Result, write } from './report/write.ts'

const say = (text: string) => console.error(text)

/** What can be measured, by the word to ask for it. */
const measures: Record<string, () => Promise<Result>> = {
  authenticator: () => approval(process.argv.includes('--quick') ? 1 : 4, say),
  employees: () =>
    employees(
      process.argv.includes('--quick') ? { rounds: 3, requests: 20 } : { rounds: 9, requests: 50 },
      say,
    ),
  duo: () => duoSignIn(process.argv.includes('--quick') ? 3 : 9, say),
  'duo-reset': () => duoReset(process.argv.includes('--quick') ? 2 : 5, say),
  enforcement: () => enforcement(process.argv.includes('--quick') ? 3 : 7, say),
  'forward-auth': () =>
    forwardAuth(
      process.argv.includes('--quick') ? { rounds: 3, readFor: 400 } : { rounds: 9, readFor: 1000 },
      say,
    ),
  'side-by-side': async () => {
    const quick = process.argv.includes('--quick')
    const effort = quick
      ? { rounds: 3, codes: 200, readFor: 400, bursts: 1 }
      : { rounds: 9, codes: 500, readFor: 1000, bursts: 3 }
    const data = await sideBySide(effort, say)
    return {
      name: 'side-by-side',
      markdown: sideBySideTables(data),
      targets: sideBySideTargets(data),
      data,
    }
  },
  lighthouse: async () => pageResult(await firstPages(3)),
  scale: async () => scaleResult(await scale(say)),
  start: async () => startResult(await startTimes(3)),
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const unknown = asked.find((word) => !Object.hasOwn(measures, word))
if (unknown) {
  console.error(`There is no measure "${unknown}"; there are: ${Object.keys(measures).join(', ')}`)
  process.exit(1)
}
// Servers refuse to start without their pages, and a build must not count as a start.
await buildStalePages(join(root, '.cache/logs'), AbortSignal.timeout(300_000))
const results: Result[] = []
for (const name of asked.length > 0 ? asked : Object.keys(measures)) {
  const result = await measures[name]?.()
  if (result) results.push(result)
}
if (!write(results)) console.error('Some targets were missed.')
