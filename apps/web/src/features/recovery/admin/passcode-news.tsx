import type { PasscodeView } from '@countersign/contract/recovery'
import { useQuery } from '@tanstack/react-query'
import { passcodeQuery } from '../../../api/recovery.ts'
import { momentText } from '../../../ui/status/moment.ts'
import { Note, type NoteTone } from '../../../ui/status/note.tsx'

type Shown = Omit<PasscodeView, 'secondHalf'>

const tones: Record<Shown['status'], NoteTone> = {
  sending: 'notice',
  sent: 'done',
  used: 'plain',
  over: 'plain',
}

const Words = ({ passcode }: { passcode: Shown }) => {
  const until = <time dateTime={passcode.expiresAt}>{momentText(passcode.expiresAt).text}</time>
  switch (passcode.status) {
    case 'sending':
      return (
        <>
          <b>Not sent yet, retrying.</b> The mail server has not taken the mail to {passcode.sentTo}. We try
          again by ourselves, and this note changes when it is sent.
        </>
      )
    case 'sent':
      return (
        <>
          <b>One-time passcode sent to {passcode.sentTo}.</b> It works once, until {until}. A new one replaces
          it.
        </>
      )
    case 'used':
      return <b>The passcode was used.</b>
    case 'over':
      return <b>The passcode no longer works.</b>
  }
}

/** How the passcode fares: sent is said only when the mail server took it. */
export const PasscodeNews = ({ id, half }: { id: string; half: string | null }) => {
  const { data } = useQuery(passcodeQuery(id))
  if (!data) return null
  return (
    <>
      <Note tone={tones[data.status]} role="status">
        <Words passcode={data} />
      </Note>
      {half && data.status !== 'used' && data.status !== 'over' && (
        <p>
          Read this second half out to them on the telephone: <b className="num text-lg">{half}</b>. It is
          shown only now.
        </p>
      )}
    </>
  )
}
