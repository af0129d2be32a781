import { randomInt } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Duo's lengths, which its clients check: 20 for the integration key, 40 for the secret key. */
const shape = z.object({ integrationKey: z.string().length(20), secretKey: z.string().length(40) })
export type DuoKeys = z.infer<typeof shape>

const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const letters = `${capitals}abcdefghijklmnopqrstuvwxyz`
const pick = (from: string, count: number) =>
  Array.from({ length: count }, () => from.charAt(randomInt(from.length))).join('')

/** The keys of this installation. They are kept, because companies that use them are kept as well. */
export async function duoKeys(folder: string): Promise<DuoKeys> {
  const file = join(folder, 'duo-keys.json')
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) return shape.parse(JSON.parse(kept))
  const keys = { integrationKey: `DI${pick(capitals, 18)}`, secretKey: pick(letters, 40) }
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
  return keys
}
