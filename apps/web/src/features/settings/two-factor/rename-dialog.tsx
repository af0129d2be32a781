import type { AuthenticatorView } from '@countersign/contract/session'
import { api, problemIn, read } from '../../../api/client.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'

type Props = { factor: AuthenticatorView; onClose: () => void }

const RenameForm = ({ factor, onClose }: Props) => {
  const form = useFields({ name: factor.name })
  const toast = useToast()
  const rename = useDeed(
    ({ name }: { name: string }) =>
      read(api.account.authenticators[':id'].$patch({ param: { id: factor.id }, json: { name } })),
    {
      onDone: (_, { name }) => {
        onClose()
        toast(`It is called ${name.trim()} now.`)
      },
    },
  )
  return (
    <Form
      form={form}
      onSubmit={(values) => rename.mutate(values)}
      pending={rename.isPending}
      problem={problemIn(rename.error)}
    >
      <DialogBody>
        <TextField
          name="name"
          label="Name"
          hint={`${factor.label}. Pick a name you will know it by.`}
          required="Type a name."
          validate={(name: string) => name.trim() !== '' || 'Type a name.'}
          maxLength={80}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep the name</Button>
        <Button type="submit" variant="primary" waiting={rename.isPending && 'Saving'}>
          Save
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Open while there is a factor to rename. */
export const RenameDialog = ({
  factor,
  onClose,
}: {
  factor: AuthenticatorView | null
  onClose: () => void
}) => (
  <Dialog title={`Rename ${factor?.name ?? ''}`} open={factor !== null} onClose={onClose}>
    {factor && <RenameForm factor={factor} onClose={onClose} />}
  </Dialog>
)
