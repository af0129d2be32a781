import { useMutation, useQueryClient } from '@tanstack/react-query'
import { accountKey } from '../../api/account.ts'
import { api, problemIn, read } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Note } from '../../ui/status/note.tsx'
import { Done } from './done.tsx'
import { LinkOver } from './link-over.tsx'
import { useLinkToken } from './use-link-token.ts'

const useConfirm = (token: string | null) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => read(api.links['confirm-email'].$post({ json: { token: token ?? '' } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: accountKey })
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
}

/** Where the mail to a new address leads: mail scanners open links too, so only the press confirms. */
const ConfirmEmailPage = () => {
  const token = useLinkToken()
  const confirm = useConfirm(token)
  const problem = problemIn(confirm.error)
  if (confirm.isSuccess)
    return (
      <SignInShell>
        <Done title="Your e-mail address is changed" to={paths.settings} next="Go to User Settings">
          From now on you sign in with it. We told the old address too.
        </Done>
      </SignInShell>
    )
  return (
    <SignInShell>
      {!token || problem?.code === 'link-over' ? (
        <LinkOver
          lead="Your address is as it was. Begin the change again in User Settings."
          to={paths.settings}
          next="Go to User Settings"
        />
      ) : (
        <Sheet>
          <SheetHead title="Confirm your new e-mail address">
            This address becomes the one you sign in with, and all mail about your account goes here.
          </SheetHead>
          {problem && (
            <Note tone="danger" role="alert">
              {problemSentence(problem)}
            </Note>
          )}
          <Button
            variant="primary"
            size="lg"
            block
            onClick={() => confirm.mutate()}
            waiting={confirm.isPending && 'Confirming'}
          >
            Confirm this address
          </Button>
        </Sheet>
      )}
    </SignInShell>
  )
}

export default ConfirmEmailPage
