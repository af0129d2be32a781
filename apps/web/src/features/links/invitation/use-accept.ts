import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { accountKey } from '../../../api/account.ts'
import { api, problemIn, read } from '../../../api/client.ts'
import { sessionQuery, signInQuery } from '../../../api/queries.ts'
import { withStepUp } from '../../../api/step-up.ts'
import { paths } from '../../../paths.ts'
import { forgetReturn } from '../../../shells/session/return-to.ts'
import { keepInvitation } from './use-invitation-token.ts'

export const useAccept = (token: string) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    // A question in between may lead to another site, which comes back to this page.
    onMutate: () => keepInvitation(token),
    onSettled: forgetReturn,
    mutationFn: (next?: string) =>
      withStepUp(() =>
        read(
          api.links.invitation.accept.$post({
            json: { token, ...(next !== undefined && { next }) },
          }),
        ),
      ),
    onSuccess: ({ signingIn }) => {
      // Somebody new has proven password and mailbox just now, so the sign-in goes on with its second step.
      client.removeQueries({ queryKey: signInQuery.queryKey })
      if (signingIn) return navigate(paths.next, { replace: true })
      void client.invalidateQueries({ queryKey: accountKey })
      return client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
    onError: (error) => {
      // Signed out, or somebody else, since this page was drawn: it is drawn anew.
      if (problemIn(error)?.code === 'not-signed-in') return client.invalidateQueries()
    },
  })
}

export type Accept = ReturnType<typeof useAccept>
