import { QRCodeSVG } from 'qrcode.react'
import type { ReactNode } from 'react'
import { CodeField } from '../form/code-field.tsx'
import { Form } from '../form/form.tsx'
import { TextField } from '../form/text-field.tsx'
import { useFields } from '../form/use-fields.ts'
import { Button } from '../ui/button/button.tsx'
import { CopyButton } from '../ui/button/copy-button.tsx'
import { Spinner } from '../ui/button/spinner.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'
import { isOver, useWaiting } from './use-waiting.ts'

type Props = PromptProps<'scan-qr'>

const Step = ({ number, children }: { number: number; children: ReactNode }) => (
  <div className="step">
    <b aria-hidden="true">{number}</b>
    <div className="grid min-w-0 gap-3">{children}</div>
  </div>
)

const Key = ({ text }: { text: string }) => (
  <div className="grid gap-2">
    <p className="text-sm text-ink-2">Cannot scan? Type this key:</p>
    <p className="key font-mono">{text}</p>
    <div>
      <CopyButton text={text.replaceAll(' ', '')} what="key" size="sm" />
    </div>
  </div>
)

const Scan = ({ prompt }: { prompt: Props['challenge']['prompt'] }) => (
  <div className="scan">
    <div className="qr">
      <QRCodeSVG value={prompt.uri} level="M" size={168} title="QR code to scan with your device" />
    </div>
    <div className="grid min-w-0 content-start gap-3">
      <p className="text-sm text-ink-2">
        On this device already?{' '}
        <a href={prompt.uri} {...(prompt.codeLength === null && { target: '_blank', rel: 'noopener' })}>
          {prompt.linkLabel}
        </a>
      </p>
      {prompt.key && <Key text={prompt.key} />}
    </div>
  </div>
)

/** A QR code, the same as a link and as text, and the code that proves it arrived. */
export const ScanQr = ({ challenge, head, className, aside, onResult }: Props) => {
  const { prompt } = challenge
  const form = useFields({ code: '', name: '' })
  const response = useResponse({ challenge, onResult })
  const { send, pending, problem } = response
  // Where no code is asked for, the other device answers, and this page waits for it.
  const waits = prompt.codeLength === null
  useWaiting(challenge.id, response, waits && !isOver(problem))
  return (
    <Form
      form={form}
      onSubmit={({ code, name }) => send({ code, ...(name.trim() && { name: name.trim() }) })}
      pending={pending}
      problem={waits && !isOver(problem) ? null : problem}
      className={className}
    >
      {head}
      <Step number={1}>
        <h2>{waits ? 'Scan this with your phone’s camera' : 'Scan this with the app'}</h2>
        <Scan prompt={prompt} />
      </Step>
      {waits ? (
        <>
          <p className="flex items-center gap-2 text-sm text-ink-2" role="status">
            <Spinner />
            Waiting for your device. This page goes on by itself.
          </p>
          {aside}
        </>
      ) : (
        <>
          <Step number={2}>
            <CodeField name="code" label="Enter the six digits it shows" />
          </Step>
          <Step number={3}>
            <TextField
              name="name"
              label="Name it"
              hint="For example: Work phone. You can change it later."
              maxLength={80}
            />
          </Step>
          <div className="flex flex-wrap items-center justify-end gap-2">
            {aside}
            <Button type="submit" variant="primary" waiting={pending && 'Checking'}>
              Enable 2FA
            </Button>
          </div>
        </>
      )}
    </Form>
  )
}
