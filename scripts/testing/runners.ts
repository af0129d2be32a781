import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../lib/paths.ts'

export interface Outcome {
  passed: number
  failed: number
  skipped: number
}

interface Runner {
  name: string
  run: () => Promise<Outcome>
}

/** What `pnpm test` runs, in this order: what answers soonest comes first. */
export const runners: Runner[] = [
  { name: 'verify', run: verify },
  { name: 'build', run: build },
  { name: 'unit', run: unit },
  { name: 'e2e', run: e2e },
]

async function verify(): Promise<Outcome> {
  const { code, out } = await node(['scripts/verify.ts'])
  const [, passed, failed] = /verify: (\d+) passed, (\d+) failed/.exec(out) ?? []
  return honest({ passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0 }, code)
}

async function build(): Promise<Outcome> {
  const { code } = await node(['scripts/build.ts'])
  return honest({ passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 }, code)
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string }[]
}

/** A part whose tests are no longer found would otherwise pass unnoticed among the others' thousands. */
const partsWithTests = ['packages/core/', 'apps/bff/', 'apps/web/', 'apps/sandbox/', 'scripts/']

async function unit(): Promise<Outcome> {
  const file = 'test-results/unit.json'
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await node(['node_modules/vitest/vitest.mjs', 'run', ...reporters])
  const report = readReport<VitestReport>(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const files = report.testResults.map((result) => relative(root, result.name))
  const silent = partsWithTests.filter((part) => !files.some((path) => path.startsWith(part)))
  for (const part of silent) console.error(`No test of ${part} ran, which counts as a failure.`)
  const failed = report.numFailedTests + silent.length
  return honest(
    { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests },
    code,
  )
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

async function e2e(): Promise<Outcome> {
  const { code } = await node(['scripts/e2e.ts'])
  const stats = readReport<PlaywrightReport>('test-results/e2e.json')?.stats
  if (!stats) return { passed: 0, failed: 1, skipped: 0 }
  if (stats.flaky > 0)
    console.error(`${stats.flaky} stories needed a second telling; look at test-results/e2e.`)
  return honest(
    { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped },
    code,
  )
}

/** A runner that ended badly has failed, even when it counted no failure. */
function honest(outcome: Outcome, code: number): Outcome {
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome
}

function readReport<Report>(file: string): Report | undefined {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/** Runs one of our programs, shows what it prints and keeps it. */
async function node(args: string[]): Promise<{ code: number; out: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    process.stdout.write(text)
  })
  const [code] = await once(child, 'close')
  return { code: code ?? 1, out }
}
