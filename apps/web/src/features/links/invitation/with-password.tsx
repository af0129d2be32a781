import type { InvitationView } from '@countersign/contract/employees'
import { problemIn } from '../../../api/client.ts'
import { Form } from '../../../form/form.tsx'
import { NewPasswordField } from '../../../form/new-password-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { sheetClass } from '../../../shells/sign-in-shell.tsx'
import { Button } from '../../../ui/button/button.tsx'
import type { Accept } from './use-accept.ts'

/** Somebody new. */
export const WithPassword = ({ view, accept }: { view: InvitationView; accept: Accept }) => {
  const form = useFields({ next: '' })
  return (
    <Form
      form={form}
      onSubmit={({ next }) => accept.mutate(next)}
      pending={accept.isPending}
      problem={problemIn(accept.error)}
      className={sheetClass}
    >
      <SheetHead title={`Join ${view.company}`}>
        {`${view.name}, choose a password for ${view.email}. Then you sign in with it.`}
      </SheetHead>
      <NewPasswordField name="next" label="Password" />
      <Button type="submit" variant="primary" size="lg" block waiting={accept.isPending && 'Joining'}>
        Set password and join
      </Button>
    </Form>
  )
}
