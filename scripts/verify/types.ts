import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, projectFiles, tool } from './check.ts'

const projects = ['.', 'apps/web', 'apps/authenticator']

/** Types, by TypeScript; every TypeScript file of the repository must belong to one of the projects. */
export const types: Check = {
  name: 'types',
  async run() {
    const existing = projects.filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
    const results = await Promise.all(existing.map(checkProject))
    const checked = new Set(results.flatMap((result) => result.files))
    const missed = projectFiles(/\.tsx?$/).filter((path) => !checked.has(path))
    const problems = results.flatMap((result) => result.errors)
    problems.push(...missed.map((path) => `${path} belongs to no tsconfig.json, so nobody checks its types`))
    return { count: checked.size, of: 'files', problems }
  },
}

async function checkProject(folder: string): Promise<{ files: string[]; errors: string[] }> {
  const { ok, out, err } = await tool('tsc', ['--noEmit', '--listFiles', '--pretty', 'false', '-p', folder])
  const lines = out.split('\n').filter((line) => line !== '')
  const isFile = (line: string) => line.startsWith(root) && /\.tsx?$/.test(line)
  const files = lines.filter((line) => isFile(line) && !line.includes('/node_modules/'))
  const said = [...lines.filter((line) => !isFile(line) && !line.includes('/node_modules/')), err.trim()]
  return {
    files: files.map((path) => relative(root, path)),
    errors: ok ? [] : said.filter((line) => line !== ''),
  }
}
