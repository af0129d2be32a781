import { CircleAlert, Clock, Lock, type LucideIcon, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Mark } from '../brand/mark.tsx'
import { cx } from '../cx.ts'

export type BadgeTone = 'plain' | 'done' | 'notice' | 'danger'

/** A fact in two words. Tone never stands alone: give an icon, unless the badge is plain. */
export const Badge = ({
  tone = 'plain',
  icon: Icon,
  children,
}: {
  tone?: BadgeTone
  icon?: LucideIcon
  children: ReactNode
}) => (
  <span className={cx('badge', tone !== 'plain' && tone)}>
    {Icon && <Icon className="i s" aria-hidden="true" />}
    {children}
  </span>
)

export type StandingBadgeProps = {
  standing: 'secured' | 'not-enrolled' | 'pending' | 'overdue' | 'locked-out' | 'deactivated'
  /** "19 Nov": since when it is pending. */
  since?: string | undefined
}

/** Where a person stands with their second factor. */
export const StandingBadge = ({ standing, since }: StandingBadgeProps) => {
  switch (standing) {
    case 'secured':
      return (
        <span className="badge done">
          <Mark />
          Secured
        </span>
      )
    case 'not-enrolled':
      return <Badge>Not enrolled</Badge>
    case 'pending':
      return (
        <Badge tone="notice" icon={Clock}>
          {since ? `Pending since ${since}` : 'Pending'}
        </Badge>
      )
    case 'overdue':
      return (
        <Badge tone="danger" icon={CircleAlert}>
          Overdue
        </Badge>
      )
    case 'locked-out':
      return (
        <Badge tone="danger" icon={Lock}>
          Locked out
        </Badge>
      )
    case 'deactivated':
      return <Badge icon={Minus}>Deactivated</Badge>
  }
}
