import type { Invite } from '@countersign/contract/employees'
import { type AccountType, type Role, roles } from '@countersign/contract/session'
import { api, problemIn, read } from '../../../api/client.ts'
import { employeesKey } from '../../../api/employees.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { SelectField } from '../../../form/select-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { accountText, digitsOf } from '../words.ts'
import type { EmployeeFields } from './changes.ts'
import { NameAndEmail, NumberField, RoleField } from './employee-fields.tsx'

type Fields = EmployeeFields & { accountType: AccountType }

const empty: Fields = {
  name: '',
  email: '',
  role: 'employee',
  accountType: 'employee',
  mobileNumber: digitsOf(null),
}

const inviteOf = ({ mobileNumber, ...rest }: Fields): Invite => ({
  ...rest,
  mobileNumber: mobileNumber.national.trim() === '' ? null : mobileNumber,
})

/** Admins give the roles up to their own; a client account holds none of them. */
const grantable = (mine: Role): readonly Role[] => roles.slice(0, roles.indexOf(mine) + 1)

const AddForm = ({ mine, onClose }: { mine: Role; onClose: () => void }) => {
  const form = useFields<Fields>(empty)
  const toast = useToast()
  const add = useDeed((fields: Fields) => read(api.employees.$post({ json: inviteOf(fields) })), {
    changes: employeesKey,
    onDone: ({ name, email }) => {
      onClose()
      toast(`${name} was added. An invitation is on its way to ${email}.`)
    },
  })
  const client = form.watch('accountType') === 'client'
  return (
    <Form
      form={form}
      onSubmit={(fields) => add.mutate(fields)}
      pending={add.isPending}
      problem={problemIn(add.error)}
    >
      <DialogBody>
        <NameAndEmail />
        <div className="grid items-start gap-4 min-[30rem]:grid-cols-2">
          <RoleField
            may={client ? ['employee'] : grantable(mine)}
            {...(client && { hint: 'A client account holds no admin role.' })}
          />
          <SelectField
            name="accountType"
            label="Account type"
            options={[
              { value: 'employee', label: accountText.employee },
              { value: 'client', label: accountText.client },
            ]}
          />
        </div>
        <NumberField />
        <p className="text-sm text-ink-2">
          We mail an invitation that works for 72 hours. Until it is answered, nobody can sign in with this
          address.
        </p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" waiting={add.isPending && 'Adding'}>
          Send invitation
        </Button>
      </DialogFooter>
    </Form>
  )
}

export const AddDialog = ({ mine, onClose }: { mine: Role; onClose: () => void }) => (
  <Dialog title="Add employee" open wide onClose={onClose}>
    <AddForm mine={mine} onClose={onClose} />
  </Dialog>
)
