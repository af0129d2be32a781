import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from '../cx.ts'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  /** The accessible name; it names the thing too: "Edit Grace Hopper". */
  label: string
  icon: LucideIcon
  small?: boolean
}

/** A button that is an icon alone. The name is also its tooltip, for those who see but do not recognise it. */
export const IconButton = ({ label, icon: Icon, small, className, ...rest }: IconButtonProps) => (
  <button
    type="button"
    title={label}
    {...rest}
    className={cx('btn icon quiet', className)}
    aria-label={label}
  >
    <Icon className={cx('i', small && 's')} aria-hidden="true" />
  </button>
)
