import type { ScimTokenView } from '@countersign/contract/scim'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { api, problemIn, read } from '../../api/client.ts'
import { provisioningQuery } from '../../api/provisioning.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Button } from '../../ui/button/button.tsx'
import { ListRow } from '../../ui/layout/list-row.tsx'
import { Tile } from '../../ui/layout/tile.tsx'
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Note } from '../../ui/status/note.tsx'
import { dateText, TimeAgo } from '../../ui/status/time-ago.tsx'

const Facts = ({ token: { createdAt, createdBy, lastUsedAt, endsAt } }: { token: ScimTokenView }) => (
  <>
    made {dateText(createdAt)}
    {createdBy && ` by ${createdBy}`} ·{' '}
    {lastUsedAt ? (
      <>
        last used <TimeAgo at={lastUsedAt} past />
      </>
    ) : (
      'never used'
    )}
    {endsAt && (
      <>
        {' '}
        · replaced, ends <TimeAgo at={endsAt} />
      </>
    )}
  </>
)

/** A token by its end, when it was last used, and the way to end it. */
export const TokenRow = ({ token }: { token: ScimTokenView }) => {
  const [revoking, setRevoking] = useState(false)
  const toast = useToast()
  const title = `Token ending in ${token.hint}`
  const revoke = useDeed(() => read(api.provisioning.tokens[':id'].$delete({ param: { id: token.id } })), {
    changes: provisioningQuery.queryKey,
    onDone: () => {
      setRevoking(false)
      toast('The token was revoked.')
    },
  })
  const problem = problemIn(revoke.error)
  return (
    <>
      <ListRow
        tile={<Tile icon={KeyRound} />}
        title={title}
        facts={<Facts token={token} />}
        acts={
          <Button size="sm" onClick={() => setRevoking(true)} aria-label={`Revoke ${title}`}>
            Revoke
          </Button>
        }
      />
      <AlertDialog
        open={revoking}
        onClose={() => setRevoking(false)}
        title="Revoke this token?"
        keep="Keep it"
        confirm="Revoke token"
        onConfirm={() => revoke.mutate()}
        waiting={revoke.isPending && 'Revoking'}
      >
        <p>Your directory is refused with its next request. Nobody it added is changed by that.</p>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
      </AlertDialog>
    </>
  )
}
