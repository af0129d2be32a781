import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import { type FieldValues, FormProvider, type Path, type UseFormReturn } from 'react-hook-form'
import { problemSentence, type SpokenProblem } from '../copy/problem-sentence.ts'
import { Note } from '../ui/status/note.tsx'

const ProblemContext = createContext<SpokenProblem | null>(null)
/** The problem of the form around, for a field that can repair itself. */
export const useFormProblem = (): SpokenProblem | null => useContext(ProblemContext)

export type FormProps<Values extends FieldValues> = {
  form: UseFormReturn<Values>
  onSubmit: (values: Values) => unknown
  /** The request is under way: a second submit does nothing. */
  pending: boolean
  /** The refusal of the last request, or null. */
  problem: SpokenProblem | null
  className?: string
  children: ReactNode
}

type Placed<Values extends FieldValues> = {
  inFields: { name: Path<Values>; code: SpokenProblem['code'] }[]
  /** True where something is left that no field of this form can show. */
  rest: boolean
}

const place = <Values extends FieldValues>(
  form: UseFormReturn<Values>,
  problem: SpokenProblem | null,
): Placed<Values> => {
  if (!problem) return { inFields: [], rest: false }
  const claimed = problem.fields ?? {}
  const names = Object.keys(form.getValues()) as Path<Values>[]
  const inFields = names.flatMap((name) => {
    const code = claimed[name]
    return code ? [{ name, code }] : []
  })
  return { inFields, rest: inFields.length === 0 || inFields.length < Object.keys(claimed).length }
}

/**
 * Field errors go to their field, the rest to the form's one alert. The first wrong field, in the order of the form's
 * default values, has the focus with its text selected.
 */
export const Form = <Values extends FieldValues>(props: FormProps<Values>) => {
  const { form, onSubmit, pending, problem, className, children } = props
  const { inFields, rest } = place(form, problem)
  const shown = useRef<SpokenProblem | null>(null)
  useEffect(() => {
    if (shown.current === problem) return
    shown.current = problem
    if (!problem) return
    const wrong = place(form, problem).inFields
    for (const { name, code } of wrong) {
      form.setError(name, { type: code, message: problemSentence({ ...problem, code }) })
    }
    const [first] = wrong
    if (first) form.setFocus(first.name, { shouldSelect: true })
  }, [form, problem])

  return (
    <FormProvider {...form}>
      <ProblemContext value={problem}>
        <form
          noValidate
          className={className}
          aria-busy={pending || undefined}
          onSubmit={(event) => {
            event.stopPropagation()
            if (pending) event.preventDefault()
            else form.handleSubmit((values) => onSubmit(values))(event)
          }}
        >
          <div role="alert" className="empty:hidden">
            {problem && rest && !pending && (
              <Note tone="danger">
                {problemSentence(inFields.length ? { code: 'invalid-input' } : problem)}
              </Note>
            )}
          </div>
          {children}
        </form>
      </ProblemContext>
    </FormProvider>
  )
}
