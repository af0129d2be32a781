import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { signOutQuery } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { SignOutOrStay } from '../../shells/session/sign-out-or-stay.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { ApplicationSign } from '../../ui/brand/application-sign.tsx'
import { Failed } from '../../ui/status/failed.tsx'

/** An application asks that the person be signed out, and cannot show that it is theirs to ask: the person decides. */
const SignOutPage = () => {
  const asked = useRef(Object.fromEntries(new URLSearchParams(location.search)))
  const view = useQuery(signOutQuery(asked.current))
  const problem = problemIn(view.error)
  const application = view.data?.application
  return (
    <SignInShell>
      <Sheet>
        {application && <ApplicationSign {...application} />}
        <SheetHead title="Sign out?">
          You will be signed out here and of every application you opened from here.
        </SheetHead>
        {problem && <Failed sentence={problemSentence(problem)} onRetry={() => view.refetch()} />}
        <SignOutOrStay back={view.data?.back} />
      </Sheet>
    </SignInShell>
  )
}

export default SignOutPage
