import type { ReactNode } from 'react'
import {
  type ControllerRenderProps,
  type RegisterOptions,
  useController,
  useFormContext,
} from 'react-hook-form'
import { LinkButton } from '../ui/button/link-button.tsx'
import { useFormProblem } from './form.tsx'

export type BoundProps = {
  /** The key in the form's values. */
  name: string
  label: ReactNode
  hint?: ReactNode
  aside?: ReactNode
  /** The sentence when it is left empty; leave it off where it may be. */
  required?: string
  /** Returns a sentence, or true. */
  validate?: (value: never) => string | true
}

type Repair = {
  /** A repaired text for what was typed, or null. */
  suggest?: (value: unknown) => string | null
  /** What the field holds when the repaired text is taken. */
  take?: (text: string, value: unknown) => unknown
}

const rulesOf = ({ required, validate }: BoundProps): Pick<RegisterOptions, 'required' | 'validate'> => ({
  ...(required !== undefined && { required }),
  ...(validate && { validate: validate as (value: unknown) => string | true }),
})

/** Binds a control to the form: its value, its sentence, and one click that repairs what can be repaired. */
export const useBoundField = (
  props: BoundProps,
  { suggest, take = (text) => text }: Repair = {},
): { field: ControllerRenderProps; error: ReactNode } => {
  const { clearErrors, setFocus } = useFormContext()
  const problem = useFormProblem()
  const { field, fieldState } = useController({ name: props.name, rules: rulesOf(props) })
  const change = (value: unknown) => {
    // Whoever corrects a field should not be told on each letter that it is wrong.
    if (fieldState.error) clearErrors(props.name)
    field.onChange(value)
  }
  const wrong = fieldState.error
  const fromServer = wrong && problem?.fields?.[props.name] === wrong.type ? problem.suggestion : undefined
  const repaired = wrong && (fromServer ?? suggest?.(field.value))
  const error = wrong?.message && (
    <>
      {wrong.message}
      {repaired && (
        <>
          {' '}
          <LinkButton
            inline
            onClick={() => {
              change(take(repaired, field.value))
              setFocus(props.name)
            }}
          >
            Use {repaired}
          </LinkButton>
        </>
      )}
    </>
  )
  return { field: { ...field, onChange: change }, error }
}
