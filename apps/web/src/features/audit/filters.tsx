import type { AuditQuery } from '@countersign/contract/audit'
import { useState } from 'react'
import { eventText } from '../../copy/audit-words.ts'
import { Button } from '../../ui/button/button.tsx'
import { Field } from '../../ui/field/field.tsx'
import { SelectInput } from '../../ui/field/select-input.tsx'
import { TextInput } from '../../ui/field/text-input.tsx'

export type Filter = Omit<AuditQuery, 'before'>

/** A day typed as the admin means it, from its beginning or to its end. */
const momentOf = (day: string, end: boolean): string | undefined => {
  if (day === '') return undefined
  const date = new Date(`${day}T00:00:00`)
  if (end) date.setDate(date.getDate() + 1)
  return date.toISOString()
}

/** Person, kind, outcome and time; asked of the server when the form is sent. */
export const Filters = ({ events, onFilter }: { events: string[]; onFilter: (filter: Filter) => void }) => {
  const [person, setPerson] = useState('')
  const [event, setEvent] = useState('')
  const [outcome, setOutcome] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      aria-label="Filter the audit"
      onSubmit={(submit) => {
        submit.preventDefault()
        onFilter({
          person: person.trim() || undefined,
          event: event || undefined,
          outcome: outcome === 'ok' || outcome === 'failed' ? outcome : undefined,
          from: momentOf(from, false),
          to: momentOf(to, true),
        })
      }}
    >
      <Field label="Person">
        {(control) => (
          <TextInput
            {...control}
            value={person}
            maxLength={320}
            onChange={(e) => setPerson(e.target.value)}
          />
        )}
      </Field>
      <Field label="Kind">
        {(control) => (
          <SelectInput {...control} value={event} onChange={(e) => setEvent(e.target.value)}>
            <option value="">Every kind</option>
            {events.map((one) => (
              <option key={one} value={one}>
                {eventText(one)}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Field label="Outcome">
        {(control) => (
          <SelectInput {...control} value={outcome} onChange={(e) => setOutcome(e.target.value)}>
            <option value="">Any</option>
            <option value="ok">Worked</option>
            <option value="failed">Failed</option>
          </SelectInput>
        )}
      </Field>
      <Field label="From">
        {(control) => (
          <TextInput {...control} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
        )}
      </Field>
      <Field label="To">
        {(control) => (
          <TextInput {...control} type="date" value={to} onChange={(e) => setTo(e.target.value)} />
        )}
      </Field>
      <Button type="submit">Filter</Button>
    </form>
  )
}
