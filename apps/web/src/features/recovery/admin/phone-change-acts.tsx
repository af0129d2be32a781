import type { PhoneChangeView } from '@countersign/contract/recovery'
import { Clock } from 'lucide-react'
import { api, problemIn, read } from '../../../api/client.ts'
import { recoveryKey } from '../../../api/recovery.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { momentText } from '../../../ui/status/moment.ts'
import { Note } from '../../../ui/status/note.tsx'

const useJudge = (change: PhoneChangeView) => {
  const toast = useToast()
  const param = { id: change.id }
  const approve = useDeed(() => read(api.recovery['phone-changes'][':id'].approve.$post({ param })), {
    changes: recoveryKey,
    onDone: () => toast(`${change.person.name}’s new number works from now on.`),
  })
  const decline = useDeed(() => read(api.recovery['phone-changes'][':id'].decline.$post({ param })), {
    changes: recoveryKey,
    onDone: () => toast(`${change.person.name}’s number stays as it was.`),
  })
  return { approve, decline }
}

/** A new number that waits: a Security Admin who knows the person need not wait with them. */
export const PhoneChangeActs = ({ change }: { change: PhoneChangeView }) => {
  const { approve, decline } = useJudge(change)
  const problem = problemIn(approve.error ?? decline.error)
  const { name } = change.person
  return (
    <Note tone="notice" icon={Clock}>
      <div className="grid gap-3">
        <p>
          <b>{name} asks for a new phone number</b>, <span className="num">{change.number}</span>. Unless
          somebody objects it works from {momentText(change.readyAt).text}.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            aria-label={`Approve the new number of ${name}`}
            onClick={() => approve.mutate()}
            waiting={approve.isPending && 'Approving'}
          >
            Approve now
          </Button>
          <Button
            size="sm"
            variant="danger-quiet"
            aria-label={`Decline the new number of ${name}`}
            onClick={() => decline.mutate()}
            waiting={decline.isPending && 'Declining'}
          >
            Decline
          </Button>
        </div>
        {problem && <p role="alert">{problemSentence(problem)}</p>}
      </div>
    </Note>
  )
}
