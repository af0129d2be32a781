import { problemSentence } from '../copy/problem-sentence.ts'
import { CodeField } from '../form/code-field.tsx'
import { Form } from '../form/form.tsx'
import { useFields } from '../form/use-fields.ts'
import { Button } from '../ui/button/button.tsx'
import { Spinner } from '../ui/button/spinner.tsx'
import { clockText, useRemaining } from '../ui/button/use-remaining.ts'
import { cx } from '../ui/cx.ts'
import { Disclosure } from '../ui/layout/disclosure.tsx'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'
import { isOver, useWaiting } from './use-waiting.ts'

type Props = PromptProps<'approve-elsewhere'>

/** The number in the open ring, whose answer breathes until it comes. */
const NumberInRing = ({ number, refused }: { number: string; refused: boolean }) => (
  <div className="grid justify-items-center gap-3">
    <p className="text-sm text-ink-2" id="number-to-type">
      Number to type
    </p>
    <div className={cx('match', refused && 'refused')}>
      <svg viewBox="0 0 200 200" aria-hidden="true">
        <path className="word" d="M159.4 53.5A76 76 0 1 0 159.4 146.5" />
        <path className="answer" d="M171 71.9A76 76 0 0 1 171 128.1" />
      </svg>
      <span>
        <output aria-labelledby="number-to-type">{`${number.slice(0, 3)} ${number.slice(3)}`}</output>
      </span>
    </div>
  </div>
)

const Token = ({ challenge, onResult }: Pick<Props, 'challenge' | 'onResult'>) => {
  const form = useFields({ code: '' })
  const { send, pending, problem } = useResponse({ challenge, onResult })
  return (
    <Disclosure summary="Type a token instead">
      <Form
        form={form}
        onSubmit={({ code }) => send({ code })}
        pending={pending}
        problem={problem}
        className="grid gap-3 pt-2"
      >
        <CodeField name="code" label="Token" hint="The six digits that the Authenticator shows." />
        <div>
          <Button type="submit" waiting={pending && 'Checking'}>
            Submit
          </Button>
        </div>
      </Form>
    </Disclosure>
  )
}

/** A number to type on the other device; this page goes on by itself once that is done. */
export const ApproveElsewhere = ({ challenge, since, head, className, aside, onResult }: Props) => {
  const { number, expiresIn, status, codeLength } = challenge.prompt
  const left = useRemaining(expiresIn, since)
  const response = useResponse({ challenge, onResult })
  const refused = status === 'denied'
  const over = isOver(response.problem)
  const waits = status === 'waiting' && left > 0 && !over
  useWaiting(challenge.id, response, waits)
  return (
    <div className={className}>
      {head}
      <NumberInRing number={number} refused={refused || over} />
      {waits && (
        <p className="flex items-center justify-center gap-2 text-sm text-ink-2" role="status">
          <Spinner />
          Waiting for your answer
          <span className="tabular-nums" aria-hidden="true">
            {clockText(left)} left
          </span>
        </p>
      )}
      {refused && (
        <Note tone="danger" role="alert">
          The request was refused on your device, or the number was wrong. Try another way, or begin again.
        </Note>
      )}
      {over && response.problem && (
        <Note tone="danger" role="alert">
          {problemSentence(response.problem)}
        </Note>
      )}
      {!refused && !waits && !over && (
        <Note tone="notice" role="status">
          Nobody answered in time. Try another way and choose your device again to send a new request.
        </Note>
      )}
      {codeLength !== null && !over && <Token challenge={challenge} onResult={onResult} />}
      {aside}
    </div>
  )
}
