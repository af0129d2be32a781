import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf } from '../postgres/stale.ts'

/** Two products over one data folder would stop each other's database, so the second is told to go away. */
export function lockHome(home: string): () => void {
  const path = join(home, 'start.pid')
  if (existsSync(path)) {
    const pid = Number(readFileSync(path, 'utf8'))
    if (pid !== process.pid && commandOf(pid)?.includes('scripts/start.ts')) {
      throw new Error(
        `Countersign already runs with ${home} (process ${pid}). Stop it, or set COUNTERSIGN_HOME to another folder.`,
      )
    }
  }
  writeFileSync(path, String(process.pid))
  return () => rmSync(path, { force: true })
}
