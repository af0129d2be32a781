import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export const List = ({ lined, children }: { lined?: boolean; children: ReactNode }) => (
  <ul className={cx('list', lined && 'lined')}>{children}</ul>
)

export type ListRowProps = {
  /** A `Tile`, or nothing. */
  tile?: ReactNode
  title: ReactNode
  /** Plain badges beside the title. */
  badges?: ReactNode
  /** "Passkey · added 3 Oct 2026 · last used today". */
  facts?: ReactNode
  /** `Strength`, under the facts. */
  below?: ReactNode
  /** Icon buttons or one small button. */
  acts?: ReactNode
  /** One worded button goes under the text on a phone, instead of beside it. */
  folds?: boolean
}

export const ListRow = ({ tile, title, badges, facts, below, acts, folds }: ListRowProps) => (
  <li className={cx(!tile && 'plain', folds && 'folds')}>
    {tile}
    <div className="grid min-w-0 justify-items-start gap-0.5">
      <div className="flex flex-wrap items-center gap-2">
        <b>{title}</b>
        {badges}
      </div>
      {facts && <p className="text-sm text-ink-2">{facts}</p>}
      {below}
    </div>
    {acts && <div className="row-acts">{acts}</div>}
  </li>
)
