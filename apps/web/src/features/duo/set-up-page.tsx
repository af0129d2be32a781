import type { DuoRehearsal } from '@countersign/contract/duo'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { duoQuery, duoRehearsalQuery } from '../../api/duo.ts'
import { ChoiceField } from '../../form/choice-field.tsx'
import { Form } from '../../form/form.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { PageHead } from '../../shells/page-head.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Note } from '../../ui/status/note.tsx'
import { KeysForm } from './keys-form.tsx'
import { names, people } from './words.ts'

const choices = [
  {
    value: 'duo',
    name: 'Duo',
    sentence: 'Universal Prompt: Duo Mobile, passkeys and what else you allow there.',
  },
]

/** Which service; the address keeps the answer, so that back and reload work. */
const Choose = ({ onNext }: { onNext: () => void }) => {
  const form = useFields<{ service: string | null }>({ service: null })
  return (
    <Form form={form} className="card" pending={false} problem={null} onSubmit={onNext}>
      <div className="body">
        <ChoiceField name="service" legend="Service" choices={choices} required="Choose a service." />
        <div className="flex justify-end">
          <Button type="submit" variant="primary">
            Next
          </Button>
        </div>
      </div>
    </Form>
  )
}

/** Who will be asked and who will not, before anything is saved. */
const Rehearsed = ({ asked, exempt }: DuoRehearsal) => (
  <>
    <Note>
      {people(asked.count)} will be asked by Duo from the next sign-in on: {names(asked)}. Whoever has a
      factor passes that one first; then Duo takes its place.
    </Note>
    {exempt.count > 0 && (
      <Note>
        {exempt.count === 1 ? '1 person belongs' : `${exempt.count} people belong`} to several companies, so
        Duo cannot be used for them: {names(exempt)}. They keep a factor of their own.
      </Note>
    )}
  </>
)

/** "2FA Set Up": which service, then its keys, tested before they are saved. */
const SetUpPage = () => {
  const [search, setSearch] = useSearchParams()
  const duo = useQuery(duoQuery)
  const rehearsal = useQuery(duoRehearsalQuery)
  const chosen = search.get('with') === 'duo' || Boolean(duo.data?.setUp)
  return (
    <div className="mx-auto grid w-full max-w-144 gap-5">
      <nav className="text-sm" aria-label="Breadcrumb">
        <Link className="inline-flex items-center gap-2" to={paths.company}>
          <ArrowLeft className="i s" aria-hidden="true" />
          Company Settings
        </Link>
      </nav>
      <PageHead
        title="2FA Set Up"
        lead={
          chosen
            ? 'Copy three values from Duo’s admin panel: Applications, Web SDK.'
            : 'Which service asks your people for their second factor?'
        }
      />
      {chosen ? (
        <KeysForm
          asked={rehearsal.data?.asked.count ?? null}
          inUse={duo.data?.setUp ?? null}
          onBack={() => setSearch({})}
        />
      ) : (
        <Choose onNext={() => setSearch({ with: 'duo' })} />
      )}
      {rehearsal.data && !duo.data?.setUp && <Rehearsed {...rehearsal.data} />}
    </div>
  )
}

export default SetUpPage
