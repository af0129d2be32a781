import type { Channel } from '@countersign/contract/prompt'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { MessageSquareText, Phone, PhoneCall } from 'lucide-react'
import type { ReactNode } from 'react'
import { Form } from '../form/form.tsx'
import { PhoneField } from '../form/phone-field.tsx'
import { useFields } from '../form/use-fields.ts'
import { Button } from '../ui/button/button.tsx'
import { type PhoneText, readPhone } from '../ui/phone/phone-text.ts'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

type Props = PromptProps<'enter-phone'>
type Guidance = Props['challenge']['prompt']['guidance']
type Values = { phone: PhoneText }

const home = (navigator.languages.find((tag) => /-[A-Z]{2}$/u.test(tag))?.slice(-2) ??
  'US') as PhoneText['country']

const guide: Record<'not-mobile' | 'unknown', (number: string) => ReactNode> = {
  'not-mobile': (number) => (
    <>
      <b>{number} is not a mobile number.</b> A text would not reach it, so we call it and read the code
      aloud. To use an app, set up an authenticator on a computer or phone instead.
    </>
  ),
  unknown: (number) => (
    <>
      <b>We cannot tell whether {number} is a mobile.</b> Choose a text or a call. To use an app, set up an
      authenticator on a computer or phone instead.
    </>
  ),
}

const hints: Record<'none' | 'not-mobile' | 'unknown', string> = {
  none: 'We text one code to check it. Message rates may apply.',
  'not-mobile': 'We call this number now. Pick up and listen for six digits.',
  unknown: 'We text or call this number now.',
}

const international = (e164: string) => parsePhoneNumberFromString(e164)?.formatInternational() ?? e164

const icons = { sms: MessageSquareText, call: PhoneCall }
const words: Record<Channel, string> = { sms: 'Enable 2FA by text', call: 'Enable 2FA by phone call' }

/** One button where the way is clear, two equal ones where it is not. */
const Buttons = ({
  channels,
  guidance,
  sent,
  pending,
  act = 'Enable 2FA',
}: {
  act?: string | undefined
  channels: Channel[]
  guidance: Guidance
  sent: Channel | null
  pending: boolean
}) => {
  if (!guidance)
    return (
      <Button type="submit" variant="primary" size="lg" block waiting={pending && 'Sending'}>
        {act}
      </Button>
    )
  return channels.map((channel) => (
    <Button
      key={channel}
      type="submit"
      name="channel"
      value={channel}
      variant={channels.length === 1 ? 'primary' : undefined}
      size="lg"
      block
      icon={icons[channel]}
      waiting={pending && (sent === channel || sent === null) && (channel === 'sms' ? 'Sending' : 'Calling')}
    >
      {words[channel]}
    </Button>
  ))
}

/** The form alone, for the page on which nothing has been asked yet. */
export const PhoneForm = ({
  guidance,
  number,
  channels,
  pending,
  problem,
  head,
  className,
  aside,
  act,
  onSubmit,
}: Pick<Props, 'head' | 'className' | 'aside'> &
  Omit<Props['challenge']['prompt'], 'kind'> & {
    /** The words on the button; by default "Enable 2FA". */
    act?: string
    pending: boolean
    problem: Parameters<typeof Form>[0]['problem']
    onSubmit: (response: { phone: string; country: string; channel?: Channel }) => void
  }) => {
  const form = useFields<Values>({
    phone: number ? readPhone(number, home) : { country: home, national: '' },
  })
  const submit = (chosen?: Channel) => (values: Values) =>
    onSubmit({
      phone: values.phone.national,
      country: values.phone.country,
      ...(chosen && { channel: chosen }),
    })
  const only = guidance && channels.length === 1 ? channels[0] : undefined
  return (
    <Form
      form={form}
      onSubmit={(values) => {
        const button = document.activeElement
        const pressed =
          button instanceof HTMLButtonElement && button.name === 'channel'
            ? (button.value as Channel)
            : undefined
        submit(pressed ?? only ?? (guidance ? 'sms' : undefined))(values)
      }}
      pending={pending}
      problem={problem}
      className={className}
    >
      {head}
      {guidance && number && (
        <Note tone="notice" icon={Phone} role="status">
          {guide[guidance](international(number))}
        </Note>
      )}
      <PhoneField
        name="phone"
        label={guidance ? 'Phone number' : 'Mobile phone number'}
        hint={hints[guidance ?? 'none']}
        required="Type your phone number."
      />
      <div className="grid gap-3">
        <Buttons channels={channels} guidance={guidance} sent={null} pending={pending} act={act} />
        {aside}
      </div>
    </Form>
  )
}

/** Which phone, and where its line leaves a choice, how to reach it. */
export const EnterPhone = ({ challenge, head, className, aside, onResult }: Props) => {
  const { send, pending, problem } = useResponse({ challenge, onResult })
  const { prompt } = challenge
  return (
    <PhoneForm
      {...prompt}
      key={prompt.guidance}
      pending={pending}
      problem={problem}
      head={head}
      className={className}
      aside={aside}
      {...(challenge.purpose === 'phone-change' && { act: 'Check this number' })}
      onSubmit={send}
    />
  )
}
