import type { ClipboardEvent, ComponentProps } from 'react'
import { TextInput } from '../field/text-input.tsx'
import { CountrySelect } from './country-select.tsx'
import { formatAsTyped, type PhoneText, readPhone } from './phone-text.ts'

export type PhoneInputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  value: PhoneText
  onChange: (value: PhoneText) => void
  /** Leaves the text exactly as typed, for the field that takes digits only and says so. */
  plain?: boolean
}

/**
 * Country and number. Formats while text grows at its end; never while somebody deletes or edits in the middle, where
 * it would put back what they took away or move the caret.
 */
export const PhoneInput = ({ value, onChange, plain, onBlur, ...rest }: PhoneInputProps) => {
  const type = (text: string, caret: number | null) => {
    const grew = text.length - value.national.length
    if (plain || grew <= 0 || caret !== text.length) return onChange({ ...value, national: text })
    // A jump of several characters is a paste or a form filler, which may bring its own country.
    onChange(
      grew > 1 ? readPhone(text, value.country) : { ...value, national: formatAsTyped(text, value.country) },
    )
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    if (plain) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const whole = (selectionEnd ?? 0) - (selectionStart ?? 0) === value.national.length
    if (!whole) return
    event.preventDefault()
    onChange(readPhone(event.clipboardData.getData('text'), value.country))
  }
  const chooseCountry = (country: PhoneText['country']) =>
    onChange({ country, national: plain ? value.national : formatAsTyped(value.national, country) })
  return (
    <div className="joined">
      <CountrySelect value={value.country} onChange={chooseCountry} />
      <TextInput
        inputMode="tel"
        autoComplete="tel-national"
        {...rest}
        type="tel"
        className="num"
        value={value.national}
        onChange={(event) => type(event.target.value, event.target.selectionStart)}
        onPaste={paste}
        onBlur={(event) => {
          if (!plain && /^\s*(\+|00)/u.test(value.national))
            onChange(readPhone(value.national, value.country))
          onBlur?.(event)
        }}
      />
    </div>
  )
}
