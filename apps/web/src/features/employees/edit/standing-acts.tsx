import type { EmployeeView } from '@countersign/contract/employees'
import { useState } from 'react'
import { api, problemIn, read } from '../../../api/client.ts'
import { employeesKey } from '../../../api/employees.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'

type Props = { employee: EmployeeView; onDone: () => void }

const reasons = {
  yes: undefined,
  'not-yourself': 'You cannot deactivate yourself.',
  'not-allowed': 'Only a Security Admin deactivates another Security Admin.',
}

const Refusal = ({ error }: { error: unknown }) => {
  const problem = problemIn(error)
  return problem ? (
    <Note tone="danger" role="alert">
      {problemSentence(problem)}
    </Note>
  ) : null
}

const Deactivate = ({ employee, onDone }: Props) => {
  const [asking, setAsking] = useState(false)
  const toast = useToast()
  const deed = useDeed(() => read(api.employees[':id'].deactivate.$post({ param: { id: employee.id } })), {
    changes: employeesKey,
    onDone: () => {
      setAsking(false)
      onDone()
      toast(`${employee.name} was deactivated.`)
    },
  })
  return (
    <>
      <Button
        variant="danger-quiet"
        onClick={() => setAsking(true)}
        reason={reasons[employee.may.deactivate]}
      >
        Deactivate
      </Button>
      <AlertDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Deactivate ${employee.name}?`}
        keep="Keep active"
        confirm="Deactivate"
        onConfirm={() => deed.mutate()}
        waiting={deed.isPending && 'Deactivating'}
      >
        <p>
          Every session in this company ends at once, and signing in is refused. Factors and history stay, and
          you can reactivate later.
        </p>
        <Refusal error={deed.error} />
      </AlertDialog>
    </>
  )
}

const Reactivate = ({ employee, onDone }: Props) => {
  const toast = useToast()
  const deed = useDeed(() => read(api.employees[':id'].reactivate.$post({ param: { id: employee.id } })), {
    changes: employeesKey,
    onDone: () => {
      onDone()
      toast(`${employee.name} was reactivated.`)
    },
  })
  return (
    <>
      <Refusal error={deed.error} />
      <Button
        onClick={() => deed.mutate()}
        waiting={deed.isPending && 'Reactivating'}
        reason={employee.may.edit ? undefined : reasons['not-allowed']}
      >
        Reactivate
      </Button>
    </>
  )
}

const Resend = ({ employee }: Pick<Props, 'employee'>) => {
  const toast = useToast()
  const deed = useDeed(() => read(api.employees[':id'].invitation.$post({ param: { id: employee.id } })), {
    changes: employeesKey,
    onDone: () => toast(`A new invitation is on its way to ${employee.email}.`),
  })
  return (
    <>
      <Refusal error={deed.error} />
      <Button onClick={() => deed.mutate()} waiting={deed.isPending && 'Sending'}>
        Resend invitation
      </Button>
    </>
  )
}

const invitationText = (until: string) =>
  new Date(until) > new Date()
    ? `Invited, not joined yet. The invitation works until ${dateText(until)}.`
    : 'Invited, not joined. The invitation has expired.'

/** Whether somebody belongs to the company: resend an invitation, deactivate, reactivate. */
export const StandingActs = ({ employee, onDone }: Props) => {
  const { status, invitedUntil } = employee
  const gone = status.kind === 'deactivated'
  return (
    <div className="annex">
      <b>Access</b>
      <p className="text-sm text-ink-2">
        {gone
          ? 'Deactivated: cannot sign in to this company.'
          : invitedUntil
            ? invitationText(invitedUntil)
            : 'Active: can sign in to this company.'}
      </p>
      <div className="flex flex-wrap items-start gap-3">
        {invitedUntil && <Resend employee={employee} />}
        {gone ? (
          <Reactivate employee={employee} onDone={onDone} />
        ) : (
          <Deactivate employee={employee} onDone={onDone} />
        )}
      </div>
    </div>
  )
}
