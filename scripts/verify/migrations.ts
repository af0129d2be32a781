import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, numberIn, tool } from './check.ts'

const core = join(root, 'packages/core')
const kit = join(core, 'node_modules/.bin/drizzle-kit')
const folder = 'src/db/migrations'

/**
 * The migrations lead to the schema: on a copy of them nothing is left to generate, and each follows the one before,
 * which two branches that both added one may break.
 */
export const migrations: Check = {
  name: 'migrations',
  async run() {
    const copy = mkdtempSync(join(tmpdir(), 'countersign-migrations-'))
    try {
      cpSync(join(core, folder), copy, { recursive: true })
      const schema = [
        '--dialect',
        'postgresql',
        '--casing',
        'snake_case',
        '--schema',
        'src/db/schema/index.ts',
      ]
      const { out, err } = await tool(kit, ['generate', ...schema, '--out', relative(core, copy)], core)
      const complete = /No schema changes/.test(out)
      return {
        count: numberIn(out, /(\d+) tables/),
        of: 'tables',
        problems: complete
          ? []
          : [`drizzle-kit generate would add ${added(copy)}`, `${out}${err}`.slice(-300)],
      }
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  },
}

const added = (copy: string): string =>
  readdirSync(copy).find((name) => !readdirSync(join(core, folder)).includes(name)) ?? 'what it cannot'
