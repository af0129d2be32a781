import { Field } from '../ui/field/field.tsx'
import { PasswordInput, type PasswordInputProps } from '../ui/field/password-input.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

export const PasswordField = (props: BoundProps & Pick<PasswordInputProps, 'autoComplete'>) => {
  const { field, error } = useBoundField(props)
  return (
    <Field label={props.label} hint={props.hint} aside={props.aside} error={error}>
      {(control) => (
        <PasswordInput
          {...control}
          {...field}
          autoComplete={props.autoComplete}
          onChange={(event) => field.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
