import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCsv } from './write-csv.ts'

const isFormula = (cell: string) => /^[\s"]*[=+\-@]/.test(cell)

/** Cells as a program sees them that was told of commas, and as one that splits at what its country uses. */
const readings = (csv: string): string[][] => [
  (parse(csv, { bom: true, relax_column_count: true }) as string[][]).flat(),
  csv.replace('\uFEFF', '').split(/[\r\n]+|;/),
  csv.replace('\uFEFF', '').split(/[\r\n]+|\t/),
]

test.each([['=1+1'], ['x;=cmd|calc!A1;y'], ['x; =1+1'], ['x\t@SUM(1)'], ['x;"=1+1+"'], ['x;;\t-1']])(
  'whatever a spreadsheet splits at, %j is no formula anywhere (OWASP, CSV injection)',
  (text) => {
    for (const cells of readings(toCsv([['first', text, text], [text]])))
      expect(cells.filter(isFormula)).toEqual([])
  },
)

test('whoever chooses a name chooses no formula', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ';', '\t', ',', '"', "'", '=', '+', '-', '@', ' '),
    maxLength: 12,
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (row) => {
      for (const cells of readings(toCsv([row]))) expect(cells.filter(isFormula)).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('what is no formula stays as it is', () => {
  const row = ['Žofie O’Neil-Smith', 'a@b.test', '1;2', '{"a":-1,"b":"c; d"}', '2026-11-22T09:00:00.000Z']
  expect(parse(toCsv([row]), { bom: true })).toEqual([row])
})
