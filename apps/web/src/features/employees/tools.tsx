import { type EmployeeCounts, statuses } from '@countersign/contract/employees'
import { accountTypes, roles } from '@countersign/contract/session'
import { Search } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { SelectInput } from '../../ui/field/select-input.tsx'
import { TextInput } from '../../ui/field/text-input.tsx'
import { Segments } from '../../ui/layout/segments.tsx'
import type { Directory } from './use-directory.ts'
import { accountText, roleText, statusText } from './words.ts'

/** Waits for a pause in typing before it asks the server. */
const pause = 250

const Find = ({ directory }: { directory: Directory }) => {
  const id = useId()
  const asked = directory.query.search ?? ''
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the pause
  useEffect(() => {
    if (text.trim() === asked) return
    const timer = setTimeout(() => directory.change({ search: text.trim() }, true), pause)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="find">
      <Search className="i" aria-hidden="true" />
      <label className="sr-only" htmlFor={id}>
        Search name, e-mail or number
      </label>
      <TextInput
        id={id}
        type="search"
        maxLength={120}
        placeholder="Search name, e-mail or number"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}

const Choose = <Value extends string>(props: {
  label: string
  all: string
  values: readonly Value[]
  words: Record<Value, string>
  value: Value | undefined
  onChange: (value: string) => void
}) => (
  <SelectInput
    aria-label={props.label}
    value={props.value ?? ''}
    onChange={(event) => props.onChange(event.target.value)}
  >
    <option value="">{props.all}</option>
    {props.values.map((value) => (
      <option key={value} value={value}>
        {props.words[value]}
      </option>
    ))}
  </SelectInput>
)

/** Search at the left, role and account beside it, and the statuses with their counts. */
export const Tools = ({
  directory,
  counts,
}: {
  directory: Directory
  counts: EmployeeCounts | undefined
}) => {
  const { query, change } = directory
  // Statuses nobody has are left out, unless that one is chosen.
  const kinds = statuses.filter((kind) => kind === query.status || !counts || counts[kind] > 0)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Find directory={directory} />
        <Choose
          label="Role"
          all="All roles"
          values={roles}
          words={roleText}
          value={query.role}
          onChange={(role) => change({ role })}
        />
        <Choose
          label="Account type"
          all="All accounts"
          values={accountTypes}
          words={accountText}
          value={query.type}
          onChange={(type) => change({ type })}
        />
      </div>
      <Segments
        label="Filter by 2FA status"
        value={query.status ?? 'all'}
        onChange={(status) => change({ status: status === 'all' ? '' : status })}
        segments={(['all', ...kinds] as const).map((kind) => ({
          value: kind,
          label: kind === 'all' ? 'All' : statusText[kind],
          ...(counts && { count: counts[kind] }),
        }))}
      />
    </div>
  )
}
