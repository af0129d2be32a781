import { type Choice, ChoiceList } from '../ui/field/choice-list.tsx'
import { FieldError } from '../ui/field/field.tsx'
import { type BoundProps, useBoundField } from './use-bound-field.tsx'

/** One of several, as tiles; the value is the chosen one's `value`, or null. */
export const ChoiceField = (
  props: Omit<BoundProps, 'hint' | 'aside' | 'label'> & {
    legend: string
    choices: readonly Choice<string>[]
  },
) => {
  const { field, error } = useBoundField({ ...props, label: props.legend })
  const errorId = `${props.name}-error`
  return (
    <div className="field">
      <ChoiceList
        ref={field.ref}
        legend={props.legend}
        name={field.name}
        choices={props.choices}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
      />
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  )
}
