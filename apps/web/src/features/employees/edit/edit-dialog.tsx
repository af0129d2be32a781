import type { EmployeeView } from '@countersign/contract/employees'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { employeeQuery } from '../../../api/employees.ts'
import { Unread } from '../../../shells/unread.tsx'
import { Dialog, DialogBody } from '../../../ui/overlay/dialog.tsx'
import { StandingBadge } from '../../../ui/status/badge.tsx'
import { shortDate } from '../words.ts'
import { EditForm } from './edit-form.tsx'
import { StandingActs } from './standing-acts.tsx'

export type EditDialogProps = {
  id: string
  onClose: () => void
  /** What stands at the bottom: another feature's way to help who is locked out. */
  annex?: ((person: { id: string; name: string }) => ReactNode) | undefined
}

const Loaded = ({
  employee,
  onClose,
  onDirty,
  annex,
}: Omit<EditDialogProps, 'id'> & { employee: EmployeeView; onDirty: (dirty: boolean) => void }) => {
  // Reading anew behind an open dialog must not take away what was typed or seen.
  const opened = useRef(employee).current
  return (
    <>
      <EditForm opened={opened} onClose={onClose} onDirty={onDirty} />
      <StandingActs employee={employee} onDone={onClose} />
      {annex?.({ id: employee.id, name: employee.name })}
    </>
  )
}

/** "Edit Employee": what the company keeps of somebody, and whether they belong to it. */
export const EditDialog = ({ id, onClose, annex }: EditDialogProps) => {
  const query = useQuery(employeeQuery(id))
  const [dirty, setDirty] = useState(false)
  const employee = query.data
  return (
    <Dialog
      title="Edit Employee"
      subtitle={
        employee && (
          <>
            {employee.name}
            <StandingBadge standing={employee.status.kind} since={shortDate(employee.status.since)} />
          </>
        )
      }
      open
      wide
      unsaved={dirty}
      onClose={onClose}
    >
      {employee ? (
        <Loaded employee={employee} onClose={onClose} onDirty={setDirty} annex={annex} />
      ) : (
        <DialogBody>
          <Unread query={query} rows={4} />
        </DialogBody>
      )}
    </Dialog>
  )
}
