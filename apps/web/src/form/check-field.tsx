import { CheckBox } from '../ui/field/check-box.tsx'
import { FieldError } from '../ui/field/field.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

/** A box to tick; the value is a boolean. */
export const CheckField = (props: Omit<BoundProps, 'hint' | 'aside'>) => {
  const { field, error } = useBoundField(props)
  const errorId = `${props.name}-error`
  return (
    <div className="field">
      <CheckBox
        ref={field.ref}
        name={field.name}
        checked={field.value === true}
        onChange={(event) => field.onChange(event.target.checked)}
        onBlur={field.onBlur}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
      >
        {props.label}
      </CheckBox>
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  )
}
