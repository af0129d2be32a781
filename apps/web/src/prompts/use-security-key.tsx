import { FingerprintPattern } from 'lucide-react'
import { useState } from 'react'
import { problemSentence } from '../copy/problem-sentence.ts'
import { Button } from '../ui/button/button.tsx'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

type Props = PromptProps<'use-security-key'>

const ask = async ({
  mode,
  options,
}: Props['challenge']['prompt']): Promise<Record<string, unknown> | null> => {
  const credential =
    mode === 'create'
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never),
        })
  return credential instanceof PublicKeyCredential
    ? ({ ...credential.toJSON() } as Record<string, unknown>)
    : null
}

/** The browser's own dialog for passkeys and security keys, opened by a press. */
export const UseSecurityKey = ({ challenge, head, className, aside, onResult }: Props) => {
  const { send, pending, problem } = useResponse({ challenge, onResult })
  const [stopped, setStopped] = useState(false)
  const start = async () => {
    setStopped(false)
    const credential = await ask(challenge.prompt).catch(() => null)
    if (credential) send({ credential })
    else setStopped(true)
  }
  return (
    <div className={className}>
      {head}
      {(problem || stopped) && (
        <Note tone="danger" role="alert">
          {problem ? problemSentence(problem) : 'Your browser stopped that. Try again, or try another way.'}
        </Note>
      )}
      <Button
        variant="primary"
        size="lg"
        block
        icon={FingerprintPattern}
        onClick={start}
        waiting={pending && 'Checking'}
      >
        Continue
      </Button>
      {aside}
    </div>
  )
}
