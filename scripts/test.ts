import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/paths.ts'
import { findReverseProxies } from './lib/reverse-proxies/find.ts'
import { type Outcome, runners } from './testing/runners.ts'

const results = join(root, 'test-results')

/** Runs every check and test there is to the end, whatever fails on the way, and sums them up. */
async function testEverything(): Promise<Outcome> {
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results)
  const rows: string[] = []
  const total: Outcome = { passed: 0, failed: 0, skipped: 0 }
  for (const { name, run } of runners) {
    console.log(`\n━━ ${name} ━━\n`)
    const begun = performance.now()
    const outcome = await run()
    if (outcome.passed + outcome.failed === 0) {
      console.error(`${name} ran nothing, which counts as a failure.`)
      outcome.failed = 1
    }
    total.passed += outcome.passed
    total.failed += outcome.failed
    total.skipped += outcome.skipped
    const seconds = ((performance.now() - begun) / 1000).toFixed(0)
    rows.push(`${name.padEnd(10)}${inWords(outcome)}  (${seconds} s)`)
  }
  console.log(`\n━━ all ━━\n\n${rows.join('\n')}\n`)
  return total
}

function inWords({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

findReverseProxies()
const total = await testEverything()
console.log(inWords(total))
writeFileSync(join(results, 'summary.txt'), `${inWords(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0
