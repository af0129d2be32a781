import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link } from 'react-router'
import { signOutQuery } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { useSignOut } from '../../shells/session/use-sign-out.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { ApplicationSign } from '../../ui/brand/application-sign.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Failed } from '../../ui/status/failed.tsx'

/** An application asks that the person be signed out, and cannot show that it is theirs to ask: the person decides. */
const SignOutPage = () => {
  const asked = useRef(Object.fromEntries(new URLSearchParams(location.search)))
  const view = useQuery(signOutQuery(asked.current))
  const signOut = useSignOut(view.data?.back)
  const problem = problemIn(signOut.error ?? view.error)
  const application = view.data?.application
  return (
    <SignInShell>
      <Sheet>
        {application && <ApplicationSign {...application} />}
        <SheetHead title="Sign out?">
          You will be signed out here and of every application you opened from here.
        </SheetHead>
        {problem && (
          <Failed
            sentence={problemSentence(problem)}
            onRetry={() => (signOut.error ? signOut.mutate() : view.refetch())}
          />
        )}
        <Button
          variant="primary"
          size="lg"
          block
          onClick={() => signOut.mutate()}
          waiting={signOut.isPending && 'Signing out'}
        >
          Sign out
        </Button>
        <Link className={buttonClass({ size: 'lg', block: true })} to={paths.home}>
          Stay signed in
        </Link>
      </Sheet>
    </SignInShell>
  )
}

export default SignOutPage
