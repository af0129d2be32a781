import { Field } from '../ui/field/field.tsx'
import { SelectInput } from '../ui/field/select-input.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

export const SelectField = ({
  options,
  ...props
}: BoundProps & { options: readonly { value: string; label: string; disabled?: boolean }[] }) => {
  const { field, error } = useBoundField(props)
  return (
    <Field label={props.label} hint={props.hint} aside={props.aside} error={error}>
      {(control) => (
        <SelectInput {...control} {...field} onChange={(event) => field.onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </SelectInput>
      )}
    </Field>
  )
}
