import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, read } from '../../api/client.ts'

/** From here on the person acts in this company; everything on the screen is read anew. */
export const useEnterCompany = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (companyId: string) => read(api.session.company.$post({ json: { companyId } })),
    onSuccess: () => client.invalidateQueries(),
  })
}
