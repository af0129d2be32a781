import type { CallerCheckView } from '@countersign/contract/recovery'
import { PhoneCall } from 'lucide-react'
import { api, problemIn, read } from '../../../api/client.ts'
import { recoveryKey } from '../../../api/recovery.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { momentText } from '../../../ui/status/moment.ts'
import { Words } from '../words.tsx'

const Shown = ({ check, name }: { check: CallerCheckView; name: string }) => {
  const report = useDeed(
    () => read(api.recovery['caller-checks'][':id'].mismatch.$post({ param: { id: check.id } })),
    { changes: recoveryKey },
  )
  if (report.isSuccess)
    return (
      <p role="status">
        <b>Reported.</b> Every Security Admin was told. Send no passcode before you have spoken to {name}.
      </p>
    )
  return (
    <div className="grid gap-2">
      <p className="text-sm text-ink-2">
        Ask the caller for three words. Whoever is signed in as {name} sees them when the page is loaded or
        comes back to the front, until {momentText(check.expiresAt).text}.
      </p>
      <Words words={check.words} />
      <div>
        <Button
          size="sm"
          variant="danger-quiet"
          onClick={() => report.mutate()}
          waiting={report.isPending && 'Reporting'}
        >
          The words differ: report it
        </Button>
      </div>
    </div>
  )
}

/** Is it really them on the telephone? Offered, never needed. */
export const CallerCheck = ({ id, name }: { id: string; name: string }) => {
  const ask = useDeed(() => read(api.recovery.people[':id']['caller-check'].$post({ param: { id } })), {
    changes: recoveryKey,
  })
  const problem = problemIn(ask.error)
  if (ask.data) return <Shown check={ask.data} name={name} />
  return (
    <div className="grid gap-2">
      <div>
        <Button
          size="sm"
          variant="quiet"
          icon={PhoneCall}
          onClick={() => ask.mutate()}
          waiting={ask.isPending && 'Making words'}
        >
          Check the caller first
        </Button>
      </div>
      {problem && (
        <p className="text-sm text-danger-ink" role="alert">
          {problemSentence(problem)}
        </p>
      )}
    </div>
  )
}
