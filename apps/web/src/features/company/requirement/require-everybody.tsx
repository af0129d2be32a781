import { useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, problemIn, read } from '../../../api/client.ts'
import { companyKey, companyQuery } from '../../../api/company.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { paths } from '../../../paths.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { ChoiceList } from '../../../ui/field/choice-list.tsx'
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'

const legend = 'Require two-factor authentication'
const onlySecurityAdmins = 'Only a Security Admin can require it.'

type Missing = { people: { id: string; name: string }[]; total: number }

const MissingNumbers = ({ people, total }: Missing) => (
  <Note tone="danger" role="alert">
    <b>
      {total === 1 ? 'One employee has' : `${total} employees have`} no mobile number on file, so nothing was
      changed.
    </b>{' '}
    A desk phone cannot take a text. Add a mobile number for{' '}
    {people.map((person, index) => (
      <span key={person.id}>
        {index > 0 && ', '}
        <Link to={paths.employee(person.id)}>{person.name}</Link>
      </span>
    ))}
    {total > people.length && ` and ${total - people.length} others`}.
  </Note>
)

const AskFirst = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const toast = useToast()
  const deed = useDeed(() => read(api.company.requirement.numbers.$post()), {
    changes: companyKey,
    onDone: ({ enrolled }) => {
      onClose()
      toast(`Required from now on. ${enrolled} numbers on file became second factors.`)
    },
  })
  const problem = problemIn(deed.error)
  const named = problem?.code === 'numbers-missing' && problem.people
  const confirm = () => deed.mutate(undefined, { onError: onClose })
  return (
    <>
      {!open && named && <MissingNumbers people={named} total={Number(problem.detail ?? named.length)} />}
      {!open && problem && !named && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <AlertDialog
        open={open}
        onClose={onClose}
        title="Require it of everybody?"
        keep="Keep it optional"
        confirm="Confirm"
        onConfirm={confirm}
        waiting={deed.isPending && 'Checking numbers'}
      >
        <p>
          Every employee needs a mobile number on file. Those numbers become their second factors: the next
          sign-in texts a code, with nothing to set up.
        </p>
        <Note tone="notice" icon={Lock}>
          <b>This cannot be disabled.</b> Sessions without a second factor end at once.
        </Note>
      </AlertDialog>
    </>
  )
}

/** "Require two-factor authentication": No or Yes, for the whole company; from Yes there is no way back. */
export const RequireEverybody = () => {
  const [asking, setAsking] = useState(false)
  const session = useQuery(sessionQuery)
  const company = useQuery(companyQuery)
  const requirement = company.data?.requirement
  // Its room is kept while it is on its way, or the table below would jump.
  if (!requirement || !session.data)
    return <UnreadCard title={legend} query={company.error ? company : session} rows={1} />
  const required = requirement.state === 'required'
  const mayNot = session.data.role !== 'security_admin' ? onlySecurityAdmins : undefined
  return (
    <section className="card" aria-label={legend}>
      <div className="body two-choices">
        <h2>{legend}</h2>
        <ChoiceList
          legend={legend}
          name="require-two-factor"
          value={required || asking ? 'yes' : 'no'}
          onChange={(value) => setAsking(value === 'yes')}
          choices={[
            {
              value: 'no',
              name: 'No',
              sentence: 'People may choose to be reminded later.',
              ...(required && { reason: 'It is required and stays so.' }),
            },
            {
              value: 'yes',
              name: 'Yes',
              sentence: required
                ? `Required since ${dateText(requirement.since)}. It cannot be disabled.`
                : 'Everybody’s mobile number on file becomes their second factor.',
              ...(mayNot && !required && { reason: mayNot }),
            },
          ]}
        />
        <AskFirst open={asking} onClose={() => setAsking(false)} />
      </div>
    </section>
  )
}
