import type { PasscodeBar, PersonRecoveryView } from '@countersign/contract/recovery'
import { useQuery } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { useId, useState } from 'react'
import { api, problemIn, read } from '../../../api/client.ts'
import { personRecoveryQuery, recoveryKey } from '../../../api/recovery.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Unread } from '../../../shells/unread.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Field } from '../../../ui/field/field.tsx'
import { SelectInput } from '../../../ui/field/select-input.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { CallerCheck } from './caller-check.tsx'
import { PasscodeNews } from './passcode-news.tsx'
import { PhoneChangeActs } from './phone-change-acts.tsx'

const bars: Record<PasscodeBar, string> = {
  'client-account': 'Client accounts cannot be sent a passcode. Contact support.',
  'not-yourself': 'You cannot send one to yourself. Ask another Security Admin.',
  deactivated: 'Only people who are active can be sent a passcode.',
  'needs-own-factor': 'Set up a second factor of your own first.',
}

/** Why it was sent stands in the audit log; the usual reason is one press less. */
const reasons = ['Phone lost or broken', 'New phone', 'Locked out after wrong codes', 'Moved to this company']

const leadOf = ({ sentTo, twoPart }: PersonRecoveryView) =>
  twoPart
    ? `Mails the first half of a one-time passcode to ${sentTo}; you read out the other. You prove your own factor first.`
    : `Mails a one-time passcode to ${sentTo}. You prove your own factor first.`

const Send = ({ id, view }: { id: string; view: PersonRecoveryView }) => {
  const [reason, setReason] = useState(reasons[0] ?? '')
  const send = useDeed(
    (why: string) =>
      read(api.recovery.people[':id'].passcode.$post({ param: { id }, json: { reason: why } })),
    { changes: recoveryKey },
  )
  const problem = problemIn(send.error)
  const newest = send.data?.id ?? view.passcode?.id
  return (
    <>
      {!view.bar && <p className="text-sm text-ink-2">{leadOf(view)}</p>}
      {!view.bar && (
        <Field label="Reason">
          {(control) => (
            <SelectInput {...control} value={reason} onChange={(event) => setReason(event.target.value)}>
              {reasons.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      <div>
        <Button
          icon={Mail}
          onClick={() => send.mutate(reason)}
          waiting={send.isPending && 'Sending'}
          reason={view.bar ? bars[view.bar] : undefined}
        >
          Email TOTP <span className="font-normal">(one-time passcode)</span>
        </Button>
      </div>
      {problem && !send.isPending && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      {newest && !send.isPending && <PasscodeNews id={newest} half={send.data?.secondHalf ?? null} />}
    </>
  )
}

/** The bottom of Edit Employee: ways back in for this person, in the hands of a Security Admin. */
export const PersonRecovery = ({ id, name }: { id: string; name: string }) => {
  const query = useQuery(personRecoveryQuery(id))
  const problem = problemIn(query.error)
  const titleId = useId()
  // An admin who is no Security Admin has nothing to do with this.
  if (problem?.code === 'not-allowed') return null
  const view = query.data
  return (
    <section className="annex" aria-labelledby={titleId}>
      <div className="grid gap-3">
        <h3 id={titleId}>Locked out?</h3>
        {view ? (
          <>
            {view.phoneChange && <PhoneChangeActs change={view.phoneChange} />}
            <Send id={id} view={view} />
            {view.bar !== 'not-yourself' && <CallerCheck id={id} name={name} />}
          </>
        ) : (
          <Unread query={query} rows={2} />
        )}
      </div>
    </section>
  )
}
