import { useEffect } from 'react'
import { clockText, useRemaining } from '../ui/button/use-remaining.ts'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

const pause = 2000

/** A number to type on the other device; this page goes on by itself once that is done. */
export const ApproveElsewhere = ({
  challenge,
  since,
  head,
  className,
  aside,
  onResult,
}: PromptProps<'approve-elsewhere'>) => {
  const { number, expiresIn } = challenge.prompt
  const left = useRemaining(expiresIn, since)
  const { send, pending } = useResponse({ challenge, onResult })
  useEffect(() => {
    if (pending) return
    const timer = setTimeout(() => send({ waiting: true }), pause)
    return () => clearTimeout(timer)
  })
  return (
    <div className={className}>
      {head}
      <p className="grid justify-items-center gap-2">
        <span className="text-sm text-ink-2">Number to type</span>
        <output className="font-mono text-3xl text-ink" aria-live="polite">
          {number.slice(0, 3)} {number.slice(3)}
        </output>
        <span className="text-sm text-ink-3">Valid for another {clockText(left)}</span>
      </p>
      {aside}
    </div>
  )
}
