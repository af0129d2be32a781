import type { CountryCode } from 'libphonenumber-js/min'
import { Check, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { cx } from '../cx.ts'
import { type Country, countries, findCountries, plainText } from './countries.ts'
import { Flag } from './flag.tsx'

export type CountryListProps = {
  chosen: CountryCode
  onChoose: (country: CountryCode) => void
  onClose: () => void
}

const Matched = ({ name, query }: { name: string; query: string }) => {
  const wanted = plainText(query.trim())
  const at = wanted === '' ? -1 : plainText(name).indexOf(wanted)
  // Folding may change the length ("ß"); then nothing is underlined rather than the wrong letters.
  if (at < 0 || plainText(name).length !== name.length) return name
  return (
    <>
      {name.slice(0, at)}
      <mark>{name.slice(at, at + wanted.length)}</mark>
      {name.slice(at + wanted.length)}
    </>
  )
}

const Row = ({
  id,
  country,
  query,
  chosen,
  active,
  onChoose,
}: {
  id: string
  country: Country
  query: string
  chosen: boolean
  active: boolean
  onChoose: () => void
}) => {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the combobox (ARIA APG, combobox)
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox, aria-activedescendant points here
    <li
      ref={row}
      id={id}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the items of a list are a listbox's options
      role="option"
      aria-selected={chosen}
      className={cx(active && 'active')}
      onClick={onChoose}
    >
      <Flag country={country.code} />
      <span className="grow">
        <Matched name={country.name} query={query} />
      </span>
      <span className="num text-ink-2">{country.callingCode}</span>
      {chosen ? <Check className="i s" aria-hidden="true" /> : <span className="i s" />}
    </li>
  )
}

const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 } as const
const isMove = (key: string): key is keyof typeof moves => key in moves

/** The open list: a search combobox over a listbox (ARIA APG, editable combobox with list autocomplete). */
export const CountryList = ({ chosen, onChoose, onClose }: CountryListProps) => {
  const id = useId()
  const [query, setQuery] = useState('')
  const found = useMemo(() => findCountries(query, chosen), [query, chosen])
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      found.findIndex(({ code }) => code === chosen),
    ),
  )
  const search = useRef<HTMLInputElement>(null)
  useEffect(() => search.current?.focus(), [])
  const rowId = (code: CountryCode) => `${id}-${code}`
  const current = found[active]

  const press = (event: KeyboardEvent) => {
    if (isMove(event.key)) {
      const last = found.length - 1
      const step = moves[event.key]
      const wraps = Math.abs(step) === 1
      const next = active + step
      setActive(wraps ? (next + found.length) % Math.max(1, found.length) : Math.min(last, Math.max(0, next)))
    } else if (event.key === 'Enter') {
      if (current) onChoose(current.code)
    } else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // A dialog around it asks for this mark before it takes Escape for itself.
    <div className="countries" data-owns-escape>
      <div className="seek">
        <Search className="i" aria-hidden="true" />
        <input
          ref={search}
          className="input"
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={current && rowId(current.code)}
          aria-label="Search country or code"
          autoComplete="off"
          value={query}
          onKeyDown={press}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list is the drawn structure of a listbox */}
      <ul role="listbox" id={id} aria-label="Countries">
        {found.map((country, index) => (
          <Row
            key={country.code}
            id={rowId(country.code)}
            country={country}
            query={query}
            chosen={country.code === chosen}
            active={index === active}
            onChoose={() => onChoose(country.code)}
          />
        ))}
      </ul>
      <p className="count" role="status">
        {found.length} of {countries().length} countries
      </p>
    </div>
  )
}
