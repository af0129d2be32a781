import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** What a process was started with, or undefined when it is gone. */
export function commandOf(pid: number): string | undefined {
  try {
    const args = ['-ww', '-o', 'args=', '-p', String(pid)]
    return execFileSync('ps', args, { encoding: 'utf8', stdio: 'pipe' }).trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * Makes the data folder free after a `kill -9`: stops a database that outlived its launcher, and removes a
 * postmaster.pid whose number now belongs to another program (PostgreSQL would refuse to start over it).
 */
export async function reclaim(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const isOurs = () => commandOf(pid)?.includes(dataDir) ?? false
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isOurs()) break
    process.kill(pid, signal)
    for (let left = 50; left > 0 && isOurs(); left--) await wait(100)
  }
  rmSync(pidFile, { force: true })
}
