import { CodeInput } from '../ui/field/code-input.tsx'
import { Field } from '../ui/field/field.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

const sixDigits = (code: string): string | true => code.length === 6 || 'The code has six digits.'

/** Six digits; the value is a string of them. */
export const CodeField = (props: Omit<BoundProps, 'label' | 'validate'> & { label?: string }) => {
  const label = props.label ?? 'Six-digit code'
  const { field, error } = useBoundField({
    required: 'Type the six digits.',
    ...props,
    label,
    validate: sixDigits,
  })
  return (
    <Field label={label} hint={props.hint} aside={props.aside} error={error}>
      {(control) => <CodeInput {...control} {...field} />}
    </Field>
  )
}
