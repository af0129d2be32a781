import type { EmployeeView } from '@countersign/contract/employees'
import { roles } from '@countersign/contract/session'
import { PhoneField } from '../../../form/phone-field.tsx'
import { SelectField } from '../../../form/select-field.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { Field } from '../../../ui/field/field.tsx'
import { TextInput } from '../../../ui/field/text-input.tsx'
import { roleText } from '../words.ts'

const Fixed = ({ label, value }: { label: string; value: string }) => (
  <Field label={label}>{(control) => <TextInput {...control} value={value} readOnly />}</Field>
)

/** Name and address; of a person in several companies they are shown, with the reason why they stay. */
export const IdentityFields = ({ employee }: { employee: EmployeeView }) =>
  employee.identity === 'several-companies' ? (
    <div className="grid gap-2">
      <div className="grid gap-4 min-[30rem]:grid-cols-2">
        <Fixed label="Name" value={employee.name} />
        <Fixed label="E-mail address" value={employee.email} />
      </div>
      <p className="hint">
        {employee.name} belongs to several companies, so no single one changes the name or the e-mail address.
        They do it themselves in User Settings.
      </p>
    </div>
  ) : (
    <NameAndEmail />
  )

export const NameAndEmail = () => (
  <div className="grid items-start gap-4 min-[30rem]:grid-cols-2">
    <TextField name="name" label="Name" required="Type a name." autoComplete="off" maxLength={120} />
    <TextField
      name="email"
      label="E-mail address"
      type="email"
      required="Type an e-mail address."
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={320}
    />
  </div>
)

/** Roles that may not be given are shown, out of reach. */
export const RoleField = ({ may, hint }: { may: readonly string[]; hint?: string }) => (
  <SelectField
    name="role"
    label="Role"
    hint={hint}
    options={roles.map((role) => ({ value: role, label: roleText[role], disabled: !may.includes(role) }))}
  />
)

export const NumberField = () => (
  <PhoneField
    name="mobileNumber"
    label="Mobile phone number"
    hint="Digits only, with no spaces, brackets or dashes."
    plain
  />
)
