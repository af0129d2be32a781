import { useQueryClient } from '@tanstack/react-query'
import { api, problemIn, read } from '../../../api/client.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'

type Props = { name: string; onClose: () => void }

const NameForm = ({ name, onClose }: Props) => {
  const client = useQueryClient()
  const form = useFields({ name })
  const toast = useToast()
  const change = useDeed((json: { name: string }) => read(api.account.profile.$patch({ json })), {
    onDone: () => {
      // The bar shows it too.
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
      onClose()
      toast('Your name was changed.')
    },
  })
  return (
    <Form
      form={form}
      onSubmit={(values) => change.mutate(values)}
      pending={change.isPending}
      problem={problemIn(change.error)}
    >
      <DialogBody>
        <TextField
          name="name"
          label="Name"
          hint="As your colleagues see it."
          required="Type your name."
          validate={(text: string) => text.trim() !== '' || 'Type your name.'}
          autoComplete="name"
          maxLength={120}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep the name</Button>
        <Button type="submit" variant="primary" waiting={change.isPending && 'Saving'}>
          Save
        </Button>
      </DialogFooter>
    </Form>
  )
}

export const NameDialog = ({ open, name, onClose }: Props & { open: boolean }) => (
  <Dialog title="Edit your name" open={open} onClose={onClose}>
    <NameForm name={name} onClose={onClose} />
  </Dialog>
)
