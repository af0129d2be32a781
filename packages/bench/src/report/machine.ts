import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { root } from '../../../../scripts/lib/paths.ts'

/** What a reader needs to judge the numbers: the shape of the machine, never its name. */
export const machine = (): string => {
  const model = cpus()[0]?.model ?? 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = loadavg().map((value) => value.toFixed(1))
  return [
    `${availableParallelism()} × ${model}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.version}.`,
    `Load averages of the machine when the run ended: ${load.join(', ')} (1, 5, 15 minutes).`,
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}.`,
  ].join(' ')
}

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
