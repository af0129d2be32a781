import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const launchers = /\b(npx|npm|pnpm|sh -c)\b/

/**
 * Calls `gone` when the npx or pnpm that started us ends. A `kill` of npx reaches npx alone: it does not pass
 * the signal on, and what it started would go on holding the ports.
 */
export function watchLauncher(gone: () => void): void {
  if (process.platform === 'win32') return
  const chain = launcherChain()
  const timer = setInterval(() => {
    if (chain.every(isAlive)) return
    clearInterval(timer)
    gone()
  }, 300)
  timer.unref()
}

/** The processes above us up to, and without, the shell or program of the person who started the first. */
function launcherChain(): number[] {
  const chain: number[] = []
  for (let pid = process.ppid; pid > 1; ) {
    const line = execFileSync('ps', ['-ww', '-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' })
    const [, parent, args] = /^\s*(\d+)\s+(.*)/.exec(line) ?? []
    if (!parent || !args || !launchers.test(args)) break
    chain.push(pid)
    pid = Number(parent)
  }
  return chain
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A dead process whose parent has not asked for its exit code yet still takes signals.
    return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
