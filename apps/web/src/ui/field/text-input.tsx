import type { ComponentProps } from 'react'
import { cx } from '../cx.ts'

/** One line of text, 16 px so that iOS does not zoom. `mono` for keys, addresses and codes. */
export const TextInput = ({ mono, className, ...rest }: ComponentProps<'input'> & { mono?: boolean }) => (
  <input type="text" {...rest} className={cx('input', mono && 'mono', className)} />
)
