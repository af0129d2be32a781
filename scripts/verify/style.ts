import { type Check, numberIn, tool } from './check.ts'

/** Formatting and lint rules, by Biome. */
export const style: Check = {
  name: 'format, lint',
  async run() {
    const { ok, out, err } = await tool('biome', ['ci', '--colors=off', '--diagnostic-level=error', '.'])
    const said = out + err
    const count = numberIn(said, /Checked ([\d,]+) files?/)
    return { count, of: 'files', problems: ok ? [] : [said.trim()] }
  },
}
