import { useMutation } from '@tanstack/react-query'
import { api, read } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { leaveParting } from './parting.ts'

/**
 * Ends by a page load rather than a step of the router, so that nothing of the person stays in memory. `back` leads to
 * another site, which has words of its own.
 */
export const useSignOut = (back?: string | null) =>
  useMutation({
    mutationFn: () => read(api.session.$delete()),
    onSuccess: () => {
      if (!back) leaveParting('signed-out')
      window.location.replace(back ?? paths.login)
    },
  })
