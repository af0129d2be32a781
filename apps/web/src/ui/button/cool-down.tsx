import { useId } from 'react'
import { Dial } from '../status/dial.tsx'
import { Button, type ButtonProps } from './button.tsx'
import { clockText, spokenDuration, useRemaining } from './use-remaining.ts'

export type CoolDownProps = Omit<ButtonProps, 'children' | 'reason' | 'blocked'> & {
  label: string
  /** Seconds until it may be pressed, as the server said. 0 = now. */
  seconds: number
  /** When the server said so, epoch milliseconds. */
  since: number
}

/**
 * A button that rests after use, with a ring and the time. Readers hear the start and the end of the wait from the
 * live region; the running seconds are only described, so nobody is interrupted every second.
 */
export const CoolDown = ({ label, seconds, since, icon, ...rest }: CoolDownProps) => {
  const remaining = useRemaining(seconds, since)
  const describedBy = useId()
  const resting = remaining > 0
  return (
    <>
      <Button
        {...rest}
        icon={resting ? undefined : icon}
        blocked={resting}
        aria-describedby={resting ? describedBy : undefined}
      >
        {resting && <Dial size={16} width={5} share={remaining / seconds} className="text-ink-3" />}
        {label}
        {resting && (
          <span className="num" aria-hidden="true">
            {clockText(remaining)}
          </span>
        )}
      </Button>
      <span id={describedBy} hidden>
        Available in {spokenDuration(remaining)}
      </span>
      <span className="sr-only" role="status">
        {seconds > 0 &&
          (resting ? `${label}: available again in ${spokenDuration(seconds)}` : `${label}: available now`)}
      </span>
    </>
  )
}
