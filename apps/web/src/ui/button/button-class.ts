import { cx } from '../cx.ts'

/** One `primary` a view; `danger` only inside a confirming dialog, `danger-quiet` opens that dialog. */
export type ButtonVariant = 'default' | 'primary' | 'quiet' | 'danger' | 'danger-quiet'
export type ButtonLook = {
  variant?: ButtonVariant | undefined
  size?: 'sm' | 'md' | 'lg' | undefined
  block?: boolean | undefined
}

/** The same look for links: `<Link className={buttonClass({ variant: 'primary' })}>`. */
export const buttonClass = ({ variant = 'default', size = 'md', block }: ButtonLook = {}): string =>
  cx('btn', variant !== 'default' && variant, size !== 'md' && size, block && 'full')
