import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form'

/** A form's state. Checked on submit, then again on leaving a field; never while somebody types. */
export const useFields = <Values extends FieldValues>(
  defaultValues: DefaultValues<Values>,
): UseFormReturn<Values> => useForm<Values>({ defaultValues, mode: 'onSubmit', reValidateMode: 'onBlur' })
