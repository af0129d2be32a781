import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

/**
 * A table that scrolls inside itself, or, with `rowsAsCards`, turns into cards below 768 px. The caption is read
 * aloud only. Cells with the class `opt` are left out of the cards.
 */
export const DataTable = ({
  caption,
  rowsAsCards,
  children,
}: {
  caption: string
  rowsAsCards?: boolean
  children: ReactNode
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section className={cx('tablewrap', rowsAsCards && 'rows-as-cards')} aria-label={caption} tabIndex={0}>
    <table className="data">
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </section>
)

export type SortDirection = 'ascending' | 'descending'

/** A column heading that sorts. `direction` is null while another column sorts. */
export const SortHeader = ({
  direction,
  onSort,
  children,
}: {
  direction: SortDirection | null
  onSort: () => void
  children: ReactNode
}) => (
  <th scope="col" aria-sort={direction ?? undefined}>
    <button type="button" onClick={onSort}>
      {children}
      <ChevronDown className="i s" aria-hidden="true" />
    </button>
  </th>
)
