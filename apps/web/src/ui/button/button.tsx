import type { LucideIcon } from 'lucide-react'
import { type ComponentProps, type MouseEvent, useId } from 'react'
import { cx } from '../cx.ts'
import { type ButtonLook, buttonClass } from './button-class.ts'
import { Spinner } from './spinner.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  ButtonLook & {
    icon?: LucideIcon | undefined
    /** The word to show while waiting, such as "Checking". The button keeps its width and its focus. */
    waiting?: string | false | undefined
    /** Disabled, with the reason in text below the button. It stays focusable so that everybody finds out why. */
    reason?: string | undefined
    /** Disabled while something nearby already says why: name that with `aria-describedby`. */
    blocked?: boolean | undefined
  }

const swallow = (event: MouseEvent) => {
  event.preventDefault()
  event.stopPropagation()
}

const Words = ({ icon: Icon, waiting, children }: Pick<ButtonProps, 'icon' | 'waiting' | 'children'>) => {
  const resting = (
    <>
      {Icon && <Icon className="i" aria-hidden="true" />}
      {children}
    </>
  )
  if (waiting === undefined) return resting
  return (
    <span className="swap">
      <span className={cx(waiting && 'away')}>{resting}</span>
      {waiting && (
        <span>
          <Spinner />
          {waiting}
        </span>
      )}
    </span>
  )
}

/** Pass `waiting={pending && 'Checking'}`: undefined means it never waits, false that it rests now. */
export const Button = ({
  variant,
  size,
  block,
  icon,
  waiting,
  reason,
  blocked,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) => {
  const reasonId = useId()
  const off = Boolean(waiting || reason || blocked)
  const button = (
    <button
      type="button"
      {...rest}
      className={cx(buttonClass({ variant, size, block }), waiting && 'waiting', className)}
      aria-disabled={off || undefined}
      aria-describedby={cx(rest['aria-describedby'], reason && reasonId) || undefined}
      onClick={off ? swallow : onClick}
    >
      <Words icon={icon} waiting={waiting}>
        {children}
      </Words>
    </button>
  )
  if (!reason) return button
  return (
    <span className={cx('btn-why', block && 'full')}>
      {button}
      <span className="hint" id={reasonId}>
        {reason}
      </span>
    </span>
  )
}
