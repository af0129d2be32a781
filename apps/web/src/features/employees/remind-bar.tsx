import { BellRing } from 'lucide-react'
import { api, problemIn, read } from '../../api/client.ts'
import { employeesKey } from '../../api/employees.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Note } from '../../ui/status/note.tsx'

const people = (count: number) => (count === 1 ? 'One person' : `${count} people`)

/** What may be done with those who are ticked. */
export const RemindBar = ({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) => {
  const toast = useToast()
  const remind = useDeed(() => read(api.employees.reminders.$post({ json: { ids: [...ids] } })), {
    changes: employeesKey,
    onDone: ({ sent, skipped }) => {
      onDone()
      const rest = skipped > 0 ? ` ${people(skipped)} needed none.` : ''
      toast(sent === 0 ? `Nobody was mailed.${rest}` : `${people(sent)} will be reminded by mail.${rest}`)
    },
  })
  const problem = problemIn(remind.error)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3" role="status">
        <span className="text-sm text-ink-2">{people(ids.length)} selected</span>
        <Button
          size="sm"
          icon={BellRing}
          onClick={() => remind.mutate()}
          waiting={remind.isPending && 'Sending'}
        >
          Remind selected
        </Button>
        <Button size="sm" variant="quiet" onClick={onDone}>
          Clear selection
        </Button>
      </div>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </div>
  )
}
