import type { ComponentProps, ReactNode } from 'react'
import { cx } from '../cx.ts'

export const CheckBox = ({
  children,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'children'> & { children: ReactNode }) => (
  <label className={cx('check', className)}>
    <input {...rest} type="checkbox" />
    <span>{children}</span>
  </label>
)
