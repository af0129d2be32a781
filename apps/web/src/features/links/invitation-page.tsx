import type { InvitationView } from '@countersign/contract/employees'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { signInQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Form } from '../../form/form.tsx'
import { NewPasswordField } from '../../form/new-password-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { Done } from './done.tsx'
import { LinkOver } from './link-over.tsx'
import { useLinkToken } from './use-link-token.ts'

const useAccept = (token: string | null) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (next?: string) =>
      read(
        api.links.invitation.accept.$post({
          json: { token: token ?? '', ...(next !== undefined && { next }) },
        }),
      ),
    onSuccess: ({ signingIn }) => {
      // Somebody new has proven password and mailbox just now, so the sign-in goes on with its second step.
      client.removeQueries({ queryKey: signInQuery.queryKey })
      if (signingIn) navigate(paths.next, { replace: true })
    },
  })
}

type AcceptProps = { view: InvitationView; accept: ReturnType<typeof useAccept> }

const Head = ({ view }: { view: InvitationView }) => (
  <SheetHead title={`Join ${view.company}`}>
    {view.needsPassword
      ? `${view.name}, choose a password for ${view.email}. Then you sign in with it.`
      : `${view.name}, your account ${view.email} joins ${view.company}. Your password and your factors stay.`}
  </SheetHead>
)

const WithPassword = ({ view, accept }: AcceptProps) => {
  const form = useFields({ next: '' })
  return (
    <Form
      form={form}
      onSubmit={({ next }) => accept.mutate(next)}
      pending={accept.isPending}
      problem={problemIn(accept.error)}
      className={sheetClass}
    >
      <Head view={view} />
      <NewPasswordField name="next" label="Password" />
      <Button type="submit" variant="primary" size="lg" block waiting={accept.isPending && 'Joining'}>
        Set password and join
      </Button>
    </Form>
  )
}

const WithAccount = ({ view, accept }: AcceptProps) => {
  const problem = problemIn(accept.error)
  return (
    <Sheet>
      <Head view={view} />
      {problem && <Failed sentence={problemSentence(problem)} onRetry={() => accept.mutate(undefined)} />}
      <Button
        variant="primary"
        size="lg"
        block
        onClick={() => accept.mutate(undefined)}
        waiting={accept.isPending && 'Joining'}
      >
        Join
      </Button>
    </Sheet>
  )
}

/** Where an invitation leads. Opening it does nothing; joining does. */
const InvitationPage = () => {
  const token = useLinkToken()
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => read(api.links.invitation.$post({ json: { token: token ?? '' } })),
    enabled: token !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const accept = useAccept(token)
  const problem = problemIn(query.error)
  const over = !token || problem?.code === 'link-over' || problemIn(accept.error)?.code === 'link-over'
  const view = query.data
  return (
    <SignInShell>
      {accept.isSuccess && view ? (
        <Done title={`You have joined ${view.company}`} to={paths.login} next="Sign in">
          Sign in as always; you then choose which company to act in.
        </Done>
      ) : over ? (
        <LinkOver
          lead="Ask the company that invited you to send a new one."
          to={paths.login}
          next="Go to the sign-in"
        />
      ) : view ? (
        view.needsPassword ? (
          <WithPassword view={view} accept={accept} />
        ) : (
          <WithAccount view={view} accept={accept} />
        )
      ) : (
        <Sheet>
          {problem ? (
            <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} />
          ) : (
            <Bones rows={2} />
          )}
        </Sheet>
      )}
    </SignInShell>
  )
}

export default InvitationPage
