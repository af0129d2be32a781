import type { LucideIcon } from 'lucide-react'
import { cx } from '../cx.ts'

export type TileTone = 'plain' | 'action' | 'done' | 'notice' | 'danger'

/** The 40 px square with an icon, at the left of rows and options. */
export const Tile = ({ icon: Icon, tone = 'plain' }: { icon: LucideIcon; tone?: TileTone }) => (
  <span className={cx('tile', tone !== 'plain' && tone)} aria-hidden="true">
    <Icon className="i l" />
  </span>
)
