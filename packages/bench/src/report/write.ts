import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machine } from './machine.ts'
import { isMet, type Target, targetTable } from './target.ts'

/** What a measure comes to: tables for people, targets, and all numbers for whoever wants to compute. */
export type Result = { name: string; markdown: string; targets: Target[]; data: unknown }

const folder = join(import.meta.dirname, '../../results')

/** Prints the results and keeps them as Markdown and JSON; true when every target is met. */
export const write = (results: Result[]): boolean => {
  const targets = results.flatMap((result) => result.targets)
  const text = [machine(), '## Targets', targetTable(targets), ...results.map((one) => one.markdown)].join(
    '\n\n',
  )
  console.log(`\n${text}\n`)
  mkdirSync(folder, { recursive: true })
  const name = join(folder, results.map((one) => one.name).join('+'))
  writeFileSync(`${name}.md`, `${text}\n`)
  const data = Object.fromEntries(results.map((one) => [one.name, one.data]))
  writeFileSync(`${name}.json`, `${JSON.stringify({ machine: machine(), targets, data }, inMaps, 2)}\n`)
  return targets.every(isMet)
}

const inMaps = (_key: string, value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value)
