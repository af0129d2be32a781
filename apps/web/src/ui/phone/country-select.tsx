import type { CountryCode } from 'libphonenumber-js/min'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { countryOf } from './countries.ts'
import { Flag } from './flag.tsx'

const CountryList = lazy(() => import('./country-list.tsx').then((m) => ({ default: m.CountryList })))

/** The button with flag and calling code; it opens a searchable list, as wide as the `.joined` pair around it. */
export const CountrySelect = ({
  value,
  onChange,
}: {
  value: CountryCode
  onChange: (country: CountryCode) => void
}) => {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const country = countryOf(value)

  useEffect(() => {
    if (!open) return
    const leave = (event: Event) => {
      if (!(event.target instanceof Node)) return
      if (!list.current?.contains(event.target) && !opener.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="select"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={`Country code: ${country.name}, ${country.callingCode}`}
        onClick={() => setOpen(!open)}
      >
        <Flag country={value} />
        <span className="num">{country.callingCode}</span>
        <ChevronDown className="i s" aria-hidden="true" />
      </button>
      {open && (
        <div ref={list} className="contents">
          <Suspense>
            <CountryList
              chosen={value}
              onClose={close}
              onChoose={(code) => {
                onChange(code)
                close()
              }}
            />
          </Suspense>
        </div>
      )}
    </>
  )
}
