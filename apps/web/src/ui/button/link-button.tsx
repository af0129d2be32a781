import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from '../cx.ts'

/** A deed that reads as part of the text: "Remind me in 48 hours", "Use 4155550102". */
export const LinkButton = ({
  icon: Icon,
  inline,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { icon?: LucideIcon; inline?: boolean }) => (
  <button type="button" {...rest} className={cx('linkbtn', inline && 'inline', className)}>
    {Icon && <Icon className="i s" aria-hidden="true" />}
    {children}
  </button>
)
