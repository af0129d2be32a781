import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useNavigate } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { companyKey } from '../../api/company.ts'
import { duoPeopleQuery } from '../../api/duo.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Note } from '../../ui/status/note.tsx'
import { names, people } from './words.ts'

/** Whom it concerns, what follows and what stays, before anything happens. */
export const ResetDialog = ({ onClose }: { onClose: () => void }) => {
  const navigate = useNavigate()
  const affected = useQuery(duoPeopleQuery)
  const reset = useDeed(() => read(api.duo.reset.$post()), {
    changes: companyKey,
    onDone: () => navigate(paths.duoReset),
  })
  const problem = problemIn(reset.error ?? affected.error)
  return (
    <AlertDialog
      title="Reset organization 2FA"
      open
      onClose={onClose}
      keep="Keep Duo"
      confirm="Confirm"
      onConfirm={() => reset.mutate()}
      waiting={reset.isPending && 'Removing'}
    >
      {affected.data ? (
        <>
          {affected.data.count > 0 ? (
            <p>
              Duo is removed for <b>{people(affected.data.count)}</b>. Each gets a mail now and a one-time
              passcode at the next sign-in, then sets up a factor of their own.
            </p>
          ) : (
            <p>
              <b>Nobody</b> is set up with Duo yet. Its keys are removed, and nobody will be asked for it.
            </p>
          )}
          {affected.data.count > 0 && (
            <div className="rounded-md border border-line p-4 text-sm">
              <b>Affected</b>
              <p className="text-ink-2">{names(affected.data)}</p>
              {affected.data.count > 5 && (
                <Disclosure summary="Show more names">{names(affected.data, 25)}</Disclosure>
              )}
            </div>
          )}
        </>
      ) : (
        !problem && <Bones rows={2} />
      )}
      <Note icon={Lock}>
        Whether two-factor authentication is required stays as it is. Only the way it is done changes.
      </Note>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </AlertDialog>
  )
}
