import { Check, Copy, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import type { ButtonLook } from './button-class.ts'

const outcomes = {
  copied: { icon: Check, words: 'Copied' },
  refused: { icon: X, words: 'Not copied' },
}

type Props = Pick<ButtonLook, 'size'> & { text: string; what?: string }

/** Copies a text; its button says what it copies, and that it did, or that the browser would not. */
export const CopyButton = ({ text, what, size }: Props) => {
  const [outcome, setOutcome] = useState<keyof typeof outcomes | null>(null)
  const { icon, words } = outcome ? outcomes[outcome] : { icon: Copy, words: what ? `Copy ${what}` : 'Copy' }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('refused')
    }
  }
  return (
    <Button size={size} icon={icon} onClick={copy}>
      {words}
    </Button>
  )
}
