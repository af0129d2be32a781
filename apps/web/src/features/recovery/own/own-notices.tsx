import { useQuery } from '@tanstack/react-query'
import { Clock, PhoneCall } from 'lucide-react'
import { api, problemIn, read } from '../../../api/client.ts'
import { callerCheckQuery, ownPhoneChangeQuery, recoveryKey } from '../../../api/recovery.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { momentText } from '../../../ui/status/moment.ts'
import { Note } from '../../../ui/status/note.tsx'
import { Words } from '../words.tsx'

/** Somebody says on the telephone that they are this person, or that they are the admin. */
const Caller = () => {
  const check = useQuery(callerCheckQuery).data?.check
  const toast = useToast()
  const report = useDeed(
    (id: string) => read(api.recovery['caller-checks'][':id'].mismatch.$post({ param: { id } })),
    { changes: recoveryKey, onDone: () => toast('Reported. Every Security Admin was told.') },
  )
  if (!check || check.reported) return null
  const problem = problemIn(report.error)
  return (
    <Note tone="notice" icon={PhoneCall} role="status">
      <div className="grid gap-3">
        <p>
          <b>Are you on the telephone with {check.name}?</b> Then these are your three words. {check.company}{' '}
          sees the same ones.
        </p>
        <Words words={check.words} />
        <div>
          <Button
            size="sm"
            variant="danger-quiet"
            onClick={() => report.mutate(check.id)}
            waiting={report.isPending && 'Reporting'}
          >
            I am not calling, or the words differ
          </Button>
        </div>
        {problem && <p role="alert">{problemSentence(problem)}</p>}
      </div>
    </Note>
  )
}

/** A new number asked for without the old phone: whoever is signed in here can object. */
const NewNumber = () => {
  const change = useQuery(ownPhoneChangeQuery).data?.change
  const toast = useToast()
  const cancel = useDeed(() => read(api.recovery['phone-change'].$delete()), {
    changes: recoveryKey,
    onDone: () => toast('Your phone number stays as it was.'),
  })
  if (!change) return null
  const problem = problemIn(cancel.error)
  return (
    <Note tone="notice" icon={Clock}>
      <div className="grid gap-3">
        <p>
          <b>
            Your phone number changes to <span className="num">{change.number}</span>
          </b>{' '}
          at {momentText(change.readyAt).text}. If you did not ask for that, cancel it and change your
          password.
        </p>
        <div>
          <Button size="sm" onClick={() => cancel.mutate()} waiting={cancel.isPending && 'Cancelling'}>
            Keep my number
          </Button>
        </div>
        {problem && <p role="alert">{problemSentence(problem)}</p>}
      </div>
    </Note>
  )
}

/** What a signed-in person must see at once, on whatever page they are. */
const OwnNotices = () => (
  <div className="grid gap-4 empty:hidden">
    <Caller />
    <NewNumber />
  </div>
)

export default OwnNotices
