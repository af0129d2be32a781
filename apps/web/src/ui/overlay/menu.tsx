import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from '../cx.ts'

export type MenuProps = {
  /** One button: the opener. */
  opener: ReactNode
  align?: 'start' | 'end'
  /** `MenuItem`, `MenuLine`, `MenuTitle`. */
  children: ReactNode
}

/** Opens in place, not in a portal, so that it stays inside its landmark. */
export const Menu = ({ opener, align = 'start', children }: MenuProps) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{opener}</Radix.Trigger>
    <Radix.Content className="menu" align={align} sideOffset={6} collisionPadding={8} loop>
      {children}
    </Radix.Content>
  </Radix.Root>
)

export type MenuItemProps = {
  icon?: LucideIcon
  ticked?: boolean
  danger?: boolean
  /** Shown under the word; the item stays in reach but does nothing. */
  reason?: string | undefined
  onSelect?: () => void
  /** Renders a link instead: it gets the class and must pass its children on. */
  link?: (props: { className: string; children: ReactNode }) => ReactNode
  children: ReactNode
}

export const MenuItem = ({ icon: Icon, ticked, danger, reason, onSelect, link, children }: MenuItemProps) => {
  const className = cx('menu-item', danger && 'danger')
  const inside = (
    <>
      {Icon && <Icon className="i" aria-hidden="true" />}
      <span className="grow">
        {children}
        {reason && <span className="why">{reason}</span>}
      </span>
      {ticked && <Check className="i s" role="img" aria-label="current" />}
    </>
  )
  if (link && !reason) return <Radix.Item asChild>{link({ className, children: inside })}</Radix.Item>
  return (
    <Radix.Item
      className={className}
      aria-disabled={reason ? true : undefined}
      onSelect={(event) => (reason ? event.preventDefault() : onSelect?.())}
    >
      {inside}
    </Radix.Item>
  )
}

export const MenuLine = () => <Radix.Separator className="menu-line" />
export const MenuTitle = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="menu-title">{children}</Radix.Label>
)
