import { styleText } from 'node:util'
import { arrows } from './verify/arrows.ts'
import type { Check } from './verify/check.ts'
import { docPaths } from './verify/doc-paths.ts'
import { fileSize } from './verify/file-size.ts'
import { locality } from './verify/locality.ts'
import { migrations } from './verify/migrations.ts'
import { style } from './verify/style.ts'
import { types } from './verify/types.ts'
import { unused } from './verify/unused.ts'

const checks = [style, types, arrows, unused, docPaths, fileSize, locality, migrations]

async function perform({ name, run }: Check): Promise<boolean> {
  const begun = performance.now()
  const { count, of, problems } = await run()
  if (count === 0) problems.push('looked at nothing, which proves nothing')
  const passed = problems.length === 0
  const mark = passed ? styleText('green', '✓') : styleText('red', '✗')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${mark} ${name.padEnd(13)}${`${count} ${of}`.padEnd(14)}${seconds.padStart(5)} s`)
  for (const problem of problems) console.log(problem.replace(/^/gm, '    '))
  return passed
}

const results = await Promise.all(checks.map(perform))
const failed = results.filter((passed) => !passed).length
console.log(`\nverify: ${results.length - failed} passed, ${failed} failed, 0 skipped`)
if (failed > 0) process.exitCode = 1
