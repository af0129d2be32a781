import type { ReactNode } from 'react'

export const KeyValues = ({ children }: { children: ReactNode }) => <dl className="kv">{children}</dl>

/** A fact and, at the right, the button that changes it. */
export const KeyValueRow = ({
  name,
  action,
  children,
}: {
  name: string
  action?: ReactNode
  children: ReactNode
}) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
    {action && <dd>{action}</dd>}
  </div>
)
