import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, projectFiles } from './check.ts'

const home = 'packages/core/src/factors/totp/'
const source = /^(apps|packages)\/(?!sandbox\/|bench\/).*\.(tsx?|css|html)$/
const allowed = 3

/** A fixed label of the screen that is about a mailed passcode (PRODUCT 5), not about this factor. */
const label = /Email TOTP/g

/**
 * A factor lives in its folder: hand-written files elsewhere that name one, taken for TOTP, are few, what tests share
 * included. The
 * sandbox and the bench are left out, because they stand outside the product and speak of its parts by name.
 */
export const locality: Check = {
  name: 'locality',
  async run() {
    const files = projectFiles(source).filter((path) => !/\.test\.tsx?$/.test(path))
    const naming = files.filter((path) =>
      /totp/i.test(readFileSync(join(root, path), 'utf8').replace(label, '')),
    )
    const elsewhere = naming.filter((path) => !path.startsWith(home))
    const problems: string[] = []
    if (naming.length === elsewhere.length) problems.push(`nothing in ${home} names the factor`)
    if (elsewhere.length > allowed) {
      problems.push(`${elsewhere.length} files outside ${home} mention totp; ${allowed} may:`, ...elsewhere)
    }
    return { count: files.length, of: 'files', problems }
  },
}
