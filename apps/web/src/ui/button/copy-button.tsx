import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'

/** Copies a text; its button says what it copies, and that it did. */
export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <Button size="sm" icon={copied ? Check : Copy} onClick={copy}>
      {copied ? 'Copied' : `Copy ${what}`}
    </Button>
  )
}
