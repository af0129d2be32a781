import { join } from 'node:path'
import { root } from '../lib/paths.ts'
import { type Check, projectFiles, tool } from './check.ts'

interface Cruise {
  modules: { source: string }[]
  summary: { violations: { rule: { name: string }; from: string; to: string; cycle?: { name: string }[] }[] }
}

const source = /^(apps|packages|scripts|e2e)\/.*(?<!\.d)\.tsx?$/

/**
 * Who imports whom, by dependency-cruiser. Without a TypeScript it understands it cruises nothing and reports
 * success, so each file that git lists must be among the modules it saw.
 */
export const arrows: Check = {
  name: 'arrows',
  async run() {
    const files = projectFiles(source)
    const { seen, violations } = await cruise(root, [
      ...new Set(files.map((path) => path.split('/', 1).join())),
    ])
    const missed = files.filter((path) => !seen.has(path))
    const problems = [...violations, ...missed.map((path) => `${path} was not cruised`)]
    return { count: files.length - missed.length, of: 'modules', problems }
  },
}

/** Cruises `folders` of the tree at `base` by the project's rules. */
export async function cruise(
  base: string,
  folders: string[],
): Promise<{ seen: Set<string>; violations: string[] }> {
  const config = join(root, '.dependency-cruiser.mjs')
  const { out, err } = await tool(
    'depcruise',
    ['--config', config, '--output-type', 'json', ...folders],
    base,
  )
  if (out === '') return { seen: new Set(), violations: [err.trim()] }
  const { modules, summary }: Cruise = JSON.parse(out)
  const way = (from: string, to: string, cycle: { name: string }[] = []) =>
    (cycle.length > 0 ? [from, ...cycle.map((step) => step.name)] : [from, to]).join(' → ')
  return {
    seen: new Set(modules.map((module) => module.source)),
    violations: summary.violations.map(
      ({ rule, from, to, cycle }) => `${rule.name}: ${way(from, to, cycle)}`,
    ),
  }
}
