import type { CompanyView } from '@countersign/contract/company'
import { api, problemIn, read } from '../../../api/client.ts'
import { companyKey } from '../../../api/company.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'

/** The beginning of a day as the admin means it, in their own time zone. */
const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString()

const asInput = (at: string): string => {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** A date from which it is required; reminders count down to it, and on that date it comes by itself. */
export const AnnounceDialog = ({ company, onClose }: { company: CompanyView; onClose: () => void }) => {
  const { requirement } = company
  const announced = requirement.state === 'announced' ? requirement.from : null
  const form = useFields({ from: announced ? asInput(announced) : '' })
  const toast = useToast()
  const announce = useDeed(
    ({ from }: { from: string }) => read(api.company.announcement.$put({ json: { from: startOf(from) } })),
    {
      changes: companyKey,
      onDone: (_, { from }) => {
        onClose()
        toast(`Announced for ${dateText(startOf(from))}.`)
      },
    },
  )
  const withdraw = useDeed(() => read(api.company.announcement.$delete()), {
    changes: companyKey,
    onDone: () => {
      onClose()
      toast('The announcement was withdrawn.')
    },
  })
  const problem = problemIn(announce.error ?? withdraw.error)
  return (
    <Dialog open onClose={onClose} title={announced ? 'Change the date' : 'Announce a date'}>
      <Form form={form} pending={announce.isPending} problem={problem} onSubmit={announce.mutate}>
        <DialogBody>
          <TextField
            name="from"
            type="date"
            label="Required from"
            hint="Whoever has no factor is mailed now, and again 30, 14, 7, 3 and 1 day before."
            required="Choose a day."
          />
          <Note>
            <b>On that day it is required,</b> without anybody pressing anything, and from then on it cannot
            be disabled.
          </Note>
        </DialogBody>
        <DialogFooter>
          {announced ? (
            <Button onClick={() => withdraw.mutate()} waiting={withdraw.isPending && 'Withdrawing'}>
              Withdraw it
            </Button>
          ) : (
            <Button onClick={onClose}>Not now</Button>
          )}
          <Button type="submit" variant="primary" waiting={announce.isPending && 'Announcing'}>
            Announce
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}
