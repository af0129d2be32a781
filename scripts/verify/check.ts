import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../lib/paths.ts'

export interface Finding {
  /** How much the check looked at; nothing is a failure, because a check of nothing always passes. */
  count: number
  /** What it counted: "files". */
  of: string
  problems: string[]
}

export interface Check {
  name: string
  run: () => Promise<Finding>
}

let known: string[] | undefined

/** Every file that is or could be committed, relative to the root. */
export function projectFiles(matching: RegExp): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  known ??= execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
  return known.filter((path) => matching.test(path))
}

export const isTest = (path: string): boolean => /\.test\.tsx?$|(^|\/)testing\/|^e2e\//.test(path)

/** Runs one of the installed tools and answers what it printed. */
export async function tool(
  name: string,
  args: string[],
  cwd = root,
): Promise<{ ok: boolean; out: string; err: string }> {
  const child = spawn(resolve(root, 'node_modules/.bin', name), args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: string[] = []
  const err: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text))
  const [code] = await once(child, 'close')
  return { ok: code === 0, out: out.join(''), err: err.join('') }
}

/** The first number a pattern finds in a tool's words, 0 when it says none. */
export function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1]?.replaceAll(',', '') ?? 0)
}
