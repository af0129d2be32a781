import { type Check, tool } from './check.ts'

interface Report {
  processed: number
  problems: string[]
}

/** Files, exports and dependencies that nothing uses, and dependencies used without being listed, by knip. */
export const unused: Check = {
  name: 'unused',
  async run() {
    const { out, err } = await tool('knip', [
      '--no-progress',
      '--reporter',
      './scripts/verify/knip-reporter.ts',
    ])
    const line = out.split('\n').findLast((text) => text.startsWith('{'))
    if (!line) return { count: 0, of: 'files', problems: [out + err] }
    const { processed, problems }: Report = JSON.parse(line)
    return { count: processed, of: 'files', problems }
  },
}
