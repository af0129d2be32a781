import { relative } from 'node:path'
import type { ReporterOptions } from 'knip'

/** One line of JSON for `unused.ts`: knip's own reporters do not tell how many files it looked at. */
export default function report({ issues, counters, configurationHints }: ReporterOptions): void {
  const problems: string[] = []
  for (const [type, byFile] of Object.entries(issues)) {
    if (type === '_files') continue
    for (const entries of Object.values(byFile)) {
      for (const issue of Object.values(entries)) {
        problems.push(`${type}: ${issue.symbol ?? ''} in ${relative(process.cwd(), issue.filePath)}`)
      }
    }
  }
  for (const hint of configurationHints) problems.push(`knip.json: ${hint.type} ${hint.identifier}`)
  console.log(JSON.stringify({ processed: counters.processed, problems }))
}
