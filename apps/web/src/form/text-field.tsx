import type { ComponentProps } from 'react'
import { Field } from '../ui/field/field.tsx'
import { TextInput } from '../ui/field/text-input.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

export type TextFieldProps = BoundProps &
  Pick<
    ComponentProps<typeof TextInput>,
    | 'type'
    | 'autoComplete'
    | 'inputMode'
    | 'placeholder'
    | 'mono'
    | 'maxLength'
    | 'autoCapitalize'
    | 'spellCheck'
  >

export const TextField = ({ name, label, hint, aside, required, validate, ...input }: TextFieldProps) => {
  const { field, error } = useBoundField({
    name,
    label,
    ...(required !== undefined && { required }),
    ...(validate && { validate }),
  })
  return (
    <Field label={label} hint={hint} aside={aside} error={error}>
      {(control) => (
        <TextInput {...input} {...control} {...field} onChange={(e) => field.onChange(e.target.value)} />
      )}
    </Field>
  )
}
