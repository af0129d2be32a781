import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Note } from '../../ui/status/note.tsx'
import { Done } from './done.tsx'
import { LinkOver } from './link-over.tsx'
import { useLinkToken } from './use-link-token.ts'

type Disown = { onConfirm: () => void; pending: boolean; problem: ReturnType<typeof problemIn> }

const Ask = ({ onConfirm, pending, problem }: Disown) => (
  <Sheet>
    <SheetHead title="That was not you?">
      We wrote to you about a change to your account. If you did not make it, tell us here. Then we:
    </SheetHead>
    <ul className="grid list-disc gap-2 ps-5">
      <li>sign your account out everywhere, at once;</li>
      <li>stop every sign-in that is under way;</li>
      <li>mail you a link to choose a new password.</li>
    </ul>
    <p>Your factors stay as they are. Look at them after you have signed in again.</p>
    {problem && (
      <Note tone="danger" role="alert">
        {problemSentence(problem)}
      </Note>
    )}
    <div className="grid gap-3">
      <Button variant="danger" size="lg" block onClick={onConfirm} waiting={pending && 'Signing out'}>
        It was not me: sign out everywhere
      </Button>
      <Link className={buttonClass({ size: 'lg', block: true })} to={paths.home}>
        It was me
      </Link>
    </div>
  </Sheet>
)

/** Where "this wasn’t me" in a mail leads. Opening it does nothing; the press does. */
const NotMePage = () => {
  const client = useQueryClient()
  const token = useLinkToken()
  const disown = useMutation({
    mutationFn: () => read(api.links['not-me'].$post({ json: { token: token ?? '' } })),
    onSuccess: () => client.clear(),
  })
  const problem = problemIn(disown.error)
  return (
    <SignInShell>
      {disown.isSuccess ? (
        <Done title="You are signed out everywhere" to={paths.login} next="Back to sign in">
          A link for a new password is on its way to your e-mail address. Tell your Security Admin what
          happened.
        </Done>
      ) : !token || problem?.code === 'link-over' ? (
        <LinkOver
          lead="If something is wrong with your account, choose a new password now."
          to={paths.forgotten}
          next="Choose a new password"
        />
      ) : (
        <Ask onConfirm={() => disown.mutate()} pending={disown.isPending} problem={problem} />
      )}
    </SignInShell>
  )
}

export default NotMePage
