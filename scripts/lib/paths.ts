import { existsSync, mkdirSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** The folder with everything this installation remembers; deleting it starts over. */
export function homeFolder(): string {
  const home = resolve(root, process.env.COUNTERSIGN_HOME || '.countersign')
  mkdirSync(home, { recursive: true })
  return home
}

const sharedMemory = '/dev/shm'
const enough = 2 * 1024 ** 3

/** Where tests keep their databases, thousands of small files each: in memory where the system lends enough of it. */
export function memoryFolder(): string {
  if (!existsSync(sharedMemory)) return tmpdir()
  const { bavail, bsize } = statfsSync(sharedMemory)
  return bavail * bsize > enough ? sharedMemory : tmpdir()
}
