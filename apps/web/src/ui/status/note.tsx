import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export type NoteTone = 'plain' | 'notice' | 'danger' | 'done'

const icons = {
  plain: Info,
  notice: TriangleAlert,
  danger: CircleAlert,
  done: CircleCheck,
} satisfies Record<NoteTone, LucideIcon>

export type NoteProps = {
  tone?: NoteTone
  icon?: LucideIcon
  /** `alert` for errors, `status` for news; leave it off for what stands there from the start. */
  role?: 'alert' | 'status'
  /** One or two sentences, the first words bold. At most one coloured note a card. */
  children: ReactNode
}

export const Note = ({ tone = 'plain', icon, role, children }: NoteProps) => {
  const Icon = icon ?? icons[tone]
  return (
    <div className={cx('note', tone !== 'plain' && tone)} role={role}>
      <Icon className="i" aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}
