import type { CompanyView, Rehearsal } from '@countersign/contract/company'
import { Calendar, Check, Lock } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api, problemIn, read } from '../../../api/client.ts'
import { companyKey } from '../../../api/company.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { CheckField } from '../../../form/check-field.tsx'
import { Form } from '../../../form/form.tsx'
import { TextField } from '../../../form/text-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { paths } from '../../../paths.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { AnnounceDialog } from './announce-dialog.tsx'

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** Why the deed cannot be done yet. */
const reasonOf = (company: CompanyView, stuck: number, accepted: boolean): string | undefined => {
  if (!company.ownFactor) return 'Set up a second factor of your own first.'
  if (stuck > 0 && !accepted)
    return `${people(stuck)} would be stuck. Fix them, or accept that they will need you.`
  return undefined
}

const OwnFactor = ({ ownFactor }: Pick<CompanyView, 'ownFactor'>) =>
  ownFactor ? (
    <li className="flex items-start gap-2">
      <Check className="i s" aria-hidden="true" />
      Your own factor: {ownFactor}
    </li>
  ) : (
    <li>
      <Link to={paths.settings}>Set up a factor of your own</Link>
    </li>
  )

/** The company's name typed, and it is done. */
export const RequirePanel = ({ company, rehearsal }: { company: CompanyView; rehearsal: Rehearsal }) => {
  const [announcing, setAnnouncing] = useState(false)
  const form = useFields({ companyName: '', accepted: false })
  const accepted = form.watch('accepted')
  const navigate = useNavigate()
  const toast = useToast()
  const stuck = rehearsal.stuck.count
  const require = useDeed(
    ({ companyName }: { companyName: string }) =>
      read(api.company.requirement.$post({ json: { companyName } })),
    {
      changes: companyKey,
      onDone: () => {
        toast(`${company.name} now requires two-factor authentication.`)
        navigate(paths.company)
      },
    },
  )
  return (
    <aside className="card" aria-label="Require it">
      <Form
        form={form}
        className="body"
        pending={require.isPending}
        problem={problemIn(require.error)}
        onSubmit={({ companyName }) => require.mutate({ companyName })}
      >
        <h2>Require it</h2>
        <ul className="grid gap-2 text-sm">
          <OwnFactor ownFactor={company.ownFactor} />
          <li className="flex items-start gap-2">
            <Lock className="i s" aria-hidden="true" />
            <span>
              <b>It cannot be disabled</b>, by anyone, in any way
            </span>
          </li>
        </ul>
        <TextField
          name="companyName"
          label={`Type ${company.name} to confirm`}
          placeholder={company.name}
          autoComplete="off"
          required="Type the company’s name."
        />
        {stuck > 0 && <CheckField name="accepted" label={`Go ahead with ${people(stuck)} stuck`} />}
        <Button
          type="submit"
          variant="primary"
          block
          waiting={require.isPending && 'Enabling'}
          reason={reasonOf(company, stuck, accepted)}
        >
          Enable
        </Button>
        <Button block icon={Calendar} onClick={() => setAnnouncing(true)}>
          Announce a date instead
        </Button>
      </Form>
      {announcing && <AnnounceDialog company={company} onClose={() => setAnnouncing(false)} />}
    </aside>
  )
}
