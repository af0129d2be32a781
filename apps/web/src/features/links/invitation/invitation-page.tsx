import type { InvitationView } from '@countersign/contract/employees'
import { useQuery } from '@tanstack/react-query'
import { api, problemIn, read } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { Sheet, SignInShell } from '../../../shells/sign-in-shell.tsx'
import { Unread } from '../../../shells/unread.tsx'
import { Done } from '../done.tsx'
import { LinkOver } from '../link-over.tsx'
import { AsThemselves } from './as-themselves.tsx'
import { useAccept } from './use-accept.ts'
import { keepInvitation, useInvitationToken } from './use-invitation-token.ts'
import { WithAccount } from './with-account.tsx'
import { WithPassword } from './with-password.tsx'

const Joined = ({ view }: { view: InvitationView }) =>
  view.needs === 'session' ? (
    <Done title={`You have joined ${view.company}`} to={paths.home} next="Go to Home">
      Choose which company to act in by the menu under your name.
    </Done>
  ) : (
    <Done title={`You have joined ${view.company}`} to={paths.login} next="Sign in">
      Sign in as always; if you belong to several companies, you then choose which to act in.
    </Done>
  )

const Joining = ({ view, token }: { view: InvitationView; token: string }) => {
  const accept = useAccept(token)
  if (accept.isSuccess) return <Joined view={view} />
  if (problemIn(accept.error)?.code === 'link-over') return <Over />
  const keep = () => keepInvitation(token)
  if (view.needs === 'password') return <WithPassword view={view} accept={accept} />
  if (view.needs === 'session') return <AsThemselves view={view} accept={accept} keep={keep} />
  return <WithAccount view={view} accept={accept} />
}

const Over = () => (
  <LinkOver
    lead="Ask the company that invited you to send a new one."
    to={paths.login}
    next="Go to the sign-in"
  />
)

/** Where an invitation leads. Opening it does nothing; joining does. */
const InvitationPage = () => {
  const token = useInvitationToken()
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => read(api.links.invitation.$post({ json: { token: token ?? '' } })),
    enabled: token !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const problem = problemIn(query.error)
  return (
    <SignInShell>
      {!token || problem?.code === 'link-over' ? (
        <Over />
      ) : query.data ? (
        <Joining view={query.data} token={token} />
      ) : (
        <Sheet>
          <Unread query={query} rows={2} />
        </Sheet>
      )}
    </SignInShell>
  )
}

export default InvitationPage
