import type { EmployeeView } from '@countersign/contract/employees'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, problemIn, read } from '../../../api/client.ts'
import { employeeQuery, employeesKey } from '../../../api/employees.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { changesTo, type EmployeeFields, fieldsOf, meanwhile } from './changes.ts'
import { IdentityFields, NumberField, RoleField } from './employee-fields.tsx'

type Props = {
  /** As it was when the dialog opened; what was typed is compared with this. */
  opened: EmployeeView
  onClose: () => void
  onDirty: (dirty: boolean) => void
}

/** Sends what changed under the version last seen; after a conflict that is the newer one. */
const useSave = ({ opened, onClose }: Props) => {
  const client = useQueryClient()
  const toast = useToast()
  const [latest, setLatest] = useState(opened)
  const save = useDeed(
    async (values: EmployeeFields) => {
      const json = { version: latest.version, ...changesTo(fieldsOf(opened), values) }
      try {
        return await read(api.employees[':id'].$patch({ param: { id: opened.id }, json }))
      } catch (error) {
        if (problemIn(error)?.code === 'conflict')
          setLatest(await client.fetchQuery(employeeQuery(opened.id)))
        throw error
      }
    },
    {
      changes: employeesKey,
      onDone: ({ name }) => {
        onClose()
        toast(`${name} was saved.`)
      },
    },
  )
  return { save, latest }
}

const Meanwhile = ({ opened, latest }: { opened: EmployeeView; latest: EmployeeView }) => {
  const changed = meanwhile(opened, latest)
  return (
    <Note tone="notice" role="alert">
      <b>Somebody else changed this meanwhile</b>
      {changed.length > 0 && `: ${changed.join(', ')}`}. What you typed is still here. Save again to apply
      your changes to theirs.
    </Note>
  )
}

const roleHint = (employee: EmployeeView) =>
  employee.accountType === 'client' ? 'A client account holds no admin role.' : undefined

/** Name, e-mail address, role and number, and what to do about two admins at once. */
export const EditForm = (props: Props) => {
  const { opened, onClose, onDirty } = props
  const form = useFields<EmployeeFields>(fieldsOf(opened))
  const { save, latest } = useSave(props)
  const { isDirty } = form.formState
  useEffect(() => onDirty(isDirty), [isDirty, onDirty])
  const problem = problemIn(save.error)
  const conflict = problem?.code === 'conflict'
  const hint = roleHint(opened)
  const submit = (values: EmployeeFields) => {
    if (Object.keys(changesTo(fieldsOf(opened), values)).length === 0) onClose()
    else save.mutate(values)
  }
  return (
    <Form form={form} onSubmit={submit} pending={save.isPending} problem={conflict ? null : problem}>
      <div className="body">
        {conflict && <Meanwhile opened={opened} latest={latest} />}
        <IdentityFields employee={opened} />
        <RoleField may={opened.may.roles} {...(hint && { hint })} />
        <NumberField />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            waiting={save.isPending && 'Saving'}
            reason={opened.may.edit ? undefined : 'Only a Security Admin changes another Security Admin.'}
          >
            Save Changes
          </Button>
        </div>
      </div>
    </Form>
  )
}
