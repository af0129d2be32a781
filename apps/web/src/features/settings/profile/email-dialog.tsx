import { api, problemIn, read } from '../../../api/client.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'

type Props = { email: string; onClose: () => void }

const other = (now: string) => (typed: string) =>
  typed.trim().toLowerCase() !== now.toLowerCase() || 'That is the address you have now.'

const EmailForm = ({ email, onClose }: Props) => {
  const form = useFields({ email: '' })
  const toast = useToast()
  const ask = useDeed((json: { email: string }) => read(api.account.email.$post({ json })), {
    onDone: (_, typed) => {
      onClose()
      toast(`We mailed a link to ${typed.email.trim()}.`)
    },
  })
  return (
    <Form
      form={form}
      onSubmit={(values) => ask.mutate(values)}
      pending={ask.isPending}
      problem={problemIn(ask.error)}
    >
      <DialogBody>
        <p>
          We mail a link to the new address. Until you open it there, you go on signing in with <b>{email}</b>
          ; after that we tell both addresses.
        </p>
        <TextField
          name="email"
          label="New e-mail address"
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required="Type the new address."
          validate={other(email)}
          maxLength={320}
        />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep the address</Button>
        <Button type="submit" variant="primary" waiting={ask.isPending && 'Sending'}>
          Send the link
        </Button>
      </DialogFooter>
    </Form>
  )
}

/** Nothing changes before the link at the new address is opened and confirmed. */
export const EmailDialog = ({ open, email, onClose }: Props & { open: boolean }) => (
  <Dialog title="Change your e-mail address" open={open} onClose={onClose}>
    <EmailForm email={email} onClose={onClose} />
  </Dialog>
)
