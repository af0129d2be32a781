import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, isTest, projectFiles } from './check.ts'

const limit = 250

/** A source file over the limit is probably two things. */
export const fileSize: Check = {
  name: 'file size',
  async run() {
    const files = projectFiles(/\.(tsx?|mjs|css)$/).filter((path) => !isTest(path))
    const long = files.map((path) => ({ path, lines: linesOf(path) })).filter(({ lines }) => lines > limit)
    const problems = long.map(({ path, lines }) => `${path} has ${lines} lines; ${limit} are allowed`)
    return { count: files.length, of: 'files', problems }
  },
}

function linesOf(path: string): number {
  return readFileSync(join(root, path), 'utf8').split('\n').length - 1
}
