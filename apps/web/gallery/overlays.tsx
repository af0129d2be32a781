import { useState } from 'react'
import { Form } from '../src/form/form.tsx'
import { PhoneField } from '../src/form/phone-field.tsx'
import { TextField } from '../src/form/text-field.tsx'
import { useFields } from '../src/form/use-fields.ts'
import { Button } from '../src/ui/button/button.tsx'
import { Card } from '../src/ui/layout/card.tsx'
import { AlertDialog } from '../src/ui/overlay/alert-dialog.tsx'
import { Dialog } from '../src/ui/overlay/dialog.tsx'
import { useToast } from '../src/ui/overlay/toasts.tsx'
import { Note } from '../src/ui/status/note.tsx'

const EditForm = ({ onDone }: { onDone: () => void }) => {
  const form = useFields({
    name: 'Grace Lindqvist',
    phone: { country: 'US' as const, national: '(415) 555-0102' },
  })
  return (
    <Form form={form} className="body" pending={false} problem={null} onSubmit={onDone}>
      <TextField name="name" label="Name" required="Type a name." />
      <PhoneField name="phone" label="Mobile phone number" plain />
      <div className="flex justify-end gap-3">
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="primary" type="submit">
          Save Changes
        </Button>
      </div>
    </Form>
  )
}

export const Overlays = () => {
  const [open, setOpen] = useState<'edit' | 'reset' | null>(null)
  const tell = useToast()
  const close = () => setOpen(null)
  return (
    <Card title="Overlays">
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => setOpen('edit')}>Edit Employee</Button>
        <Button variant="danger-quiet" onClick={() => setOpen('reset')}>
          Reset organization 2FA
        </Button>
        <Button onClick={() => tell('Changes saved')}>Toast</Button>
      </div>
      <Dialog
        open={open === 'edit'}
        onClose={close}
        wide
        unsaved
        title="Edit Employee"
        subtitle="Grace Lindqvist"
      >
        <EditForm onDone={close} />
      </Dialog>
      <AlertDialog
        open={open === 'reset'}
        onClose={close}
        onConfirm={close}
        title="Reset organization 2FA"
        keep="Keep Duo"
        confirm="Confirm"
      >
        <p className="lead">
          Duo is removed for <b>146 people</b>.
        </p>
        <Note>Two-factor authentication stays required. Only the way it is done changes.</Note>
      </AlertDialog>
    </Card>
  )
}
