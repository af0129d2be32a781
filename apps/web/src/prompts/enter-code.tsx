import { Info, Phone } from 'lucide-react'
import { useEffect } from 'react'
import { useResend } from '../api/challenge.ts'
import { problemIn } from '../api/client.ts'
import { problemSentence } from '../copy/problem-sentence.ts'
import { CodeField } from '../form/code-field.tsx'
import { Form } from '../form/form.tsx'
import { TextField } from '../form/text-field.tsx'
import { useFields } from '../form/use-fields.ts'
import { Button } from '../ui/button/button.tsx'
import { CoolDown } from '../ui/button/cool-down.tsx'
import { clockText, useRemaining } from '../ui/button/use-remaining.ts'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

type Props = PromptProps<'enter-code'>

/** The same code again, by text or by call, each with its own cool-down. */
const Resend = ({ challenge, since }: Pick<Props, 'challenge' | 'since'>) => {
  const resend = useResend()
  const problem = problemIn(resend.error)
  const { sends, sameCode } = challenge.prompt
  if (sends.length === 0) return null
  return (
    <div className="resend">
      <p className="text-sm text-ink-2" role="status">
        {sameCode ? 'We sent the same code again.' : 'Nothing yet? We send the same code again.'}
      </p>
      <div className="flex flex-wrap gap-2">
        {sends.map(({ channel, label, availableIn }) => (
          <CoolDown
            key={channel}
            label={label}
            {...(channel === 'call' && { icon: Phone })}
            seconds={availableIn}
            since={since}
            waiting={resend.isPending && resend.variables.channel === channel && 'Sending'}
            onClick={() => resend.mutate({ id: challenge.id, channel })}
          />
        ))}
      </div>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </div>
  )
}

const labels = {
  digits: 'Code from the e-mail',
  recovery: 'Recovery code',
  passcode: 'One-time passcode',
} as const

const Code = ({ prompt, since }: { prompt: Props['challenge']['prompt']; since: number }) => {
  const left = useRemaining(prompt.expiresIn ?? 0, since)
  if (prompt.alphabet !== 'digits' || prompt.length !== 6)
    return (
      <TextField
        name="code"
        label={labels[prompt.alphabet]}
        hint={
          prompt.alphabet === 'digits'
            ? 'Eight digits. Spaces do not matter.'
            : 'Capitals, spaces and dashes do not matter.'
        }
        {...(prompt.alphabet === 'digits' && { inputMode: 'numeric' as const })}
        required="Type the code."
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        mono
        maxLength={64}
      />
    )
  const valid =
    prompt.expiresIn !== null && prompt.destination ? `Valid for another ${clockText(left)}. ` : ''
  return <CodeField name="code" hint={`${valid}You can paste it.`} />
}

/** A code that was sent, or that an app or a sheet of paper shows. */
export const EnterCode = ({ challenge, since, head, className, aside, onResult }: Props) => {
  const form = useFields({ code: '' })
  const { send, pending, problem } = useResponse({ challenge, onResult })
  const { prompt } = challenge
  useEffect(() => form.setFocus('code'), [form])
  return (
    <Form
      form={form}
      onSubmit={(values) => send(values)}
      pending={pending}
      problem={problem}
      className={className}
    >
      {head}
      <Code prompt={prompt} since={since} />
      <Button type="submit" variant="primary" size="lg" block waiting={pending && 'Checking'}>
        Submit
      </Button>
      <Resend challenge={challenge} since={since} />
      {challenge.purpose === 'enrol' && prompt.sends.some(({ channel }) => channel !== 'email') && (
        <Note icon={Info}>
          Texts and calls can be intercepted. They beat a password alone; a passkey or an authenticator beats
          both.
        </Note>
      )}
      {aside}
    </Form>
  )
}
