import type { SignInView } from '@countersign/contract/sign-in'
import type { ReactNode } from 'react'
import { ToLogin } from '../../shells/session/to-login.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { useSignInView } from './use-sign-in.ts'

/** A page of a sign-in under way: loading, failed, over, or what `children` makes of it. */
export const StepPage = ({ children }: { children: (signIn: SignInView) => ReactNode }) => {
  const { signIn, over, failed, retry } = useSignInView()
  if (over) return <ToLogin parting="attempt-over" />
  if (signIn) return children(signIn)
  return (
    <SignInShell step="second">
      <Sheet>
        {failed ? <Failed sentence="The portal did not answer." onRetry={retry} /> : <Bones rows={3} />}
      </Sheet>
    </SignInShell>
  )
}
