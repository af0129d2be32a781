import type { SecurityView } from '@countersign/contract/session'
import { KeyRound, TriangleAlert } from 'lucide-react'
import { problemIn } from '../../../api/client.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Badge } from '../../../ui/status/badge.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'
import { useEnrol } from '../use-enrol.ts'

/** At this many the warning begins; the server mails at the same. */
const few = 3

/** How many are left, and the way to new ones. The old ones work until the new ones are saved. */
export const RecoveryRow = ({ codes }: { codes: SecurityView['recoveryCodes'] }) => {
  const enrol = useEnrol()
  const problem = problemIn(enrol.error)
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line px-4 py-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <KeyRound className="i" aria-hidden="true" />
          <b>Recovery codes</b>
          <span className="text-ink-2">
            {codes && `${codes.left} of ${codes.of} left, made ${dateText(codes.madeAt)}`}
          </span>
          {(codes?.left ?? 0) <= few && (
            <Badge tone="notice" icon={TriangleAlert}>
              {codes ? 'Few left' : 'None yet'}
            </Badge>
          )}
        </div>
        <Button
          size="sm"
          onClick={() => enrol.mutate({ factor: 'recovery-codes' })}
          waiting={enrol.isPending && 'Preparing'}
        >
          {codes ? 'Make new codes' : 'Make codes'}
        </Button>
      </div>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </>
  )
}
