import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'

/** What a field hands to the control inside it. */
export type ControlProps = {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** The sentence, with a repair where there is one. It takes the place of the hint. */
  error?: ReactNode
  /** A link at the right of the label: "Forgotten password?". */
  aside?: ReactNode
  children: (control: ControlProps) => ReactNode
}

/** Label above, hint or error below; the control is told which describes it. */
export const Field = ({ label, hint, error, aside, children }: FieldProps) => {
  const id = useId()
  const below = error ? `${id}-error` : hint ? `${id}-hint` : undefined
  const name = (
    <label className="label" htmlFor={id}>
      {label}
    </label>
  )
  return (
    <div className="field">
      {aside ? (
        <div className="label-row">
          {name}
          {aside}
        </div>
      ) : (
        name
      )}
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': below })}
      {error ? (
        <FieldError id={below}>{error}</FieldError>
      ) : (
        hint && (
          <p className="hint" id={below}>
            {hint}
          </p>
        )
      )}
    </div>
  )
}

/** An icon and a sentence under what is wrong. */
export const FieldError = ({ id, children }: { id?: string | undefined; children: ReactNode }) => (
  <p className="err" id={id}>
    <CircleAlert className="i s" aria-hidden="true" />
    <span>{children}</span>
  </p>
)
