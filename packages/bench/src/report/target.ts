import { figure, table } from './table.ts'

/** One thing that was promised, and what came of it. */
export type Target = { what: string; value: number; unit: string; atMost?: number; atLeast?: number }

export const isMet = ({ value, atMost, atLeast }: Target): boolean =>
  (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast)

export const targetTable = (targets: Target[]): string =>
  table(
    ['Target', 'Asked', 'Measured', ''],
    targets.map((target) => [
      target.what,
      target.atMost === undefined
        ? `≥ ${target.atLeast} ${target.unit}`
        : `≤ ${target.atMost} ${target.unit}`,
      `${figure(target.value)} ${target.unit}`,
      isMet(target) ? 'met' : 'missed',
    ]),
  )
