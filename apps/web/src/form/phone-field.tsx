import { Field } from '../ui/field/field.tsx'
import { PhoneInput } from '../ui/phone/phone-input.tsx'
import type { PhoneText } from '../ui/phone/phone-text.ts'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

const isPhone = (value: unknown): value is PhoneText =>
  typeof value === 'object' && value !== null && 'national' in value

const digitsIn = (value: unknown): string | null => {
  if (!isPhone(value)) return null
  const digits = value.national.replace(/\D/gu, '')
  return digits && digits !== value.national ? digits : null
}

/**
 * Country and number; the value is `{ country, national }`. `plain` takes digits only, says so, and offers the cleaned
 * number with one click.
 */
export const PhoneField = ({ plain, ...props }: Omit<BoundProps, 'validate'> & { plain?: boolean }) => {
  const validate = ({ national }: PhoneText): string | true => {
    if (props.required !== undefined && national.trim() === '') return props.required
    return !plain || /^\d*$/u.test(national) || 'Digits only, with no spaces, brackets or dashes.'
  }
  const { required: _, ...bound } = props
  const { field, error } = useBoundField(
    { ...bound, validate },
    {
      ...(plain && { suggest: digitsIn }),
      take: (text, value) => (isPhone(value) ? { ...value, national: text } : value),
    },
  )
  return (
    <Field label={props.label} hint={props.hint} aside={props.aside} error={error}>
      {(control) => <PhoneInput {...control} {...field} {...(plain && { plain })} />}
    </Field>
  )
}
