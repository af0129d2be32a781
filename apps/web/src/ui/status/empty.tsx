import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Nothing there yet: what that means for people, and one action. */
export const Empty = ({
  icon: Icon,
  title,
  action,
  children,
}: {
  icon: LucideIcon
  title: string
  action?: ReactNode
  children: ReactNode
}) => (
  <div className="empty">
    <Icon className="i l" aria-hidden="true" />
    <b>{title}</b>
    <p className="text-sm">{children}</p>
    {action}
  </div>
)
