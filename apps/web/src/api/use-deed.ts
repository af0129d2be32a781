import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { accountKey } from './account.ts'
import { withStepUp } from './step-up.ts'

/**
 * Something a person does. Where the server wants a fresh second factor first, it is asked for in place; afterwards
 * what may have changed is read anew.
 */
export const useDeed = <Input = void, Output = unknown>(
  deed: (input: Input) => Promise<Output>,
  {
    onDone,
    changes = accountKey,
  }: { onDone?: (output: Output, input: Input) => void; changes?: QueryKey } = {},
) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => withStepUp(() => deed(input)),
    onSuccess: (output, input) => {
      onDone?.(output, input)
      return client.invalidateQueries({ queryKey: changes })
    },
  })
}
