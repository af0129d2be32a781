import { FingerprintPattern } from 'lucide-react'
import { useState } from 'react'
import { problemSentence } from '../copy/problem-sentence.ts'
import { Button } from '../ui/button/button.tsx'
import { Field } from '../ui/field/field.tsx'
import { TextInput } from '../ui/field/text-input.tsx'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

type Props = PromptProps<'use-security-key'>

/** The browser's dialog; the library that speaks to it is only loaded when it is opened. */
const ask = async ({
  mode,
  options,
}: Props['challenge']['prompt']): Promise<Record<string, unknown> | null> => {
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
  const credential =
    mode === 'create'
      ? await startRegistration({ optionsJSON: options as never })
      : await startAuthentication({ optionsJSON: options as never })
  return { ...credential }
}

/** The browser's own dialog for passkeys and security keys, opened by a press; a new one gets a name first. */
export const UseSecurityKey = ({ challenge, head, className, aside, onResult }: Props) => {
  const { send, pending, problem } = useResponse({ challenge, onResult })
  const [stopped, setStopped] = useState(false)
  const [name, setName] = useState('')
  const creates = challenge.prompt.mode === 'create'
  const start = async () => {
    setStopped(false)
    const credential = await ask(challenge.prompt).catch(() => null)
    if (credential) send({ credential, ...(name.trim() && { name: name.trim() }) })
    else setStopped(true)
  }
  return (
    <div className={className}>
      {head}
      {creates && (
        <Field label="Name it" hint="For example: Work laptop. You can change it later.">
          {(control) => (
            <TextInput
              {...control}
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
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
