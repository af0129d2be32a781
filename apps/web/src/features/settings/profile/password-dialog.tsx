import { api, problemIn, read } from '../../../api/client.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { NewPasswordField } from '../../../form/new-password-field.tsx'
import { PasswordField } from '../../../form/password-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'

type Props = { onClose: () => void }

const PasswordForm = ({ onClose }: Props) => {
  const form = useFields({ current: '', next: '' })
  const toast = useToast()
  const change = useDeed(
    (json: { current: string; next: string }) => read(api.account.password.$post({ json })),
    {
      onDone: () => {
        onClose()
        toast('Your password was changed. Every other session was signed out.')
      },
    },
  )
  return (
    <Form
      form={form}
      onSubmit={(values) => change.mutate(values)}
      pending={change.isPending}
      problem={problemIn(change.error)}
    >
      <DialogBody>
        <p>Everything else that is signed in with the old password is signed out.</p>
        <PasswordField
          name="current"
          label="Current password"
          autoComplete="current-password"
          required="Type the password you have now."
        />
        <NewPasswordField name="next" label="New password" />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep the password</Button>
        <Button type="submit" variant="primary" waiting={change.isPending && 'Saving'}>
          Change password
        </Button>
      </DialogFooter>
    </Form>
  )
}

export const PasswordDialog = ({ open, onClose }: Props & { open: boolean }) => (
  <Dialog title="Change your password" open={open} onClose={onClose}>
    <PasswordForm onClose={onClose} />
  </Dialog>
)
