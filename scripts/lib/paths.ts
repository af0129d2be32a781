import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** The folder with everything this installation remembers; deleting it starts over. */
export function homeFolder(): string {
  const home = resolve(root, process.env.COUNTERSIGN_HOME || '.countersign')
  mkdirSync(home, { recursive: true })
  return home
}
