import type { AuthenticatorView } from '@countersign/contract/session'
import { api, problemIn, read } from '../../../api/client.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Note } from '../../../ui/status/note.tsx'

type Props = { factor: AuthenticatorView | null; isLast: boolean; onClose: () => void }

/** Says what stops working before it does. */
export const RemoveDialog = ({ factor, isLast, onClose }: Props) => {
  const toast = useToast()
  const remove = useDeed(
    ({ id }: AuthenticatorView) => read(api.account.authenticators[':id'].$delete({ param: { id } })),
    {
      onDone: (_, { name }) => {
        onClose()
        toast(`${name} was removed.`)
      },
    },
  )
  const problem = problemIn(remove.error)
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <AlertDialog
      open={factor !== null}
      onClose={close}
      title={`Remove ${factor?.name ?? ''}?`}
      keep="Keep it"
      confirm="Remove"
      onConfirm={() => factor && remove.mutate(factor)}
      waiting={remove.isPending && 'Removing'}
    >
      <p>It stops working at once, and other sessions that began with it are signed out.</p>
      {isLast && (
        <p>
          <b>It is your only factor.</b> Afterwards your password alone protects this account, and your
          recovery codes stop working too.
        </p>
      )}
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </AlertDialog>
  )
}
