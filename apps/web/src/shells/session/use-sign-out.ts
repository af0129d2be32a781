import { useMutation } from '@tanstack/react-query'
import { api, read } from '../../api/client.ts'
import { paths } from '../../paths.ts'

// A new page load rather than a step of the router, so that nothing of the person stays in memory.
export const useSignOut = () =>
  useMutation({
    mutationFn: () => read(api.session.$delete()),
    onSuccess: () => window.location.replace(paths.login),
  })
