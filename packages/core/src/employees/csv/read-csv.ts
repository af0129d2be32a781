import { parse } from 'csv-parse/sync'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'

export type CsvRow = { line: number; cells: string[]; values: Partial<Record<Column, string>> }
export type Csv = { header: string[]; rows: CsvRow[] }

const names = {
  name: ['name', 'full name', 'employee'],
  email: ['e-mail', 'email', 'e-mail address', 'email address', 'mail'],
  mobileNumber: ['mobile number', 'mobile', 'mobile phone number', 'phone', 'phone number'],
  country: ['country', 'country code'],
  role: ['role'],
  accountType: ['account type', 'account', 'type'],
} as const
export type Column = keyof typeof names

/** No cell of ours is longer; what is, is cut before it is kept, and refused when the row is read. */
const cellLength = 400

const unreadable = (detail: string) => new Problem('csv-unreadable', { detail })

/** UTF-8 with or without a mark, UTF-16 with one, and otherwise what Excel writes in western Europe. */
const decode = (bytes: Uint8Array): string => {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return new TextDecoder(a === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The delimiter that the header uses most; Excel writes semicolons where commas divide decimals. */
const delimiterOf = (text: string): string => {
  const [header = ''] = text.split(/\r\n|\r|\n/, 1)
  const count = (mark: string) => header.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

/** Without the apostrophe that an export puts before what looks like a formula. */
const plain = (cell: string) => cell.trim().replace(/^'(?=[=+\-@])/, '')

const columnOf = (title: string): Column | null => {
  const wanted = title.trim().toLowerCase()
  const found = Object.entries(names).find(([, titles]) => (titles as readonly string[]).includes(wanted))
  return (found?.[0] as Column | undefined) ?? null
}

type Parsed = { record: string[]; info: { lines: number } }

const parseText = (text: string): Parsed[] => {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 20_000,
    }) as unknown as Parsed[]
  } catch (error) {
    const line = (error as { lines?: number }).lines
    throw unreadable(
      `A quotation mark is open or out of place${line ? ` near line ${line}` : ''}. Nothing was imported.`,
    )
  }
}

/**
 * Reads a file of people: columns by their titles in any order, others are carried along.
 * @throws Problem `csv-unreadable` with a sentence
 */
export const readCsv = (bytes: Uint8Array): Csv => {
  const text = decode(bytes)
  if (text.includes('\0')) throw unreadable('That is not a text file. Save it as CSV and choose it again.')
  const [first, ...records] = parseText(text)
  const header = first?.record.map((title) => title.trim().slice(0, cellLength)) ?? []
  const columns = header.map(columnOf)
  if (!columns.includes('name') || !columns.includes('email'))
    throw unreadable('The first row has to name the columns, at least Name and E-mail.')
  if (new Set(columns.filter(Boolean)).size < columns.filter(Boolean).length)
    throw unreadable('Two columns of the first row mean the same.')
  if (records.length === 0) throw unreadable('There is nobody below the first row.')
  if (records.length > parameters.csvRows)
    throw unreadable(`More than ${parameters.csvRows} rows. Split the file and import each part.`)
  let before = first?.info.lines ?? 1
  const rows = records.map(({ record, info }) => {
    const line = before + 1
    before = info.lines
    const cells = record.map((cell) => cell.slice(0, cellLength))
    const values = Object.fromEntries(
      columns.flatMap((column, index) => (column ? [[column, plain(cells[index] ?? '')]] : [])),
    )
    return { line, cells, values }
  })
  return { header, rows }
}
