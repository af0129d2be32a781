import type { SignInView } from '@countersign/contract/sign-in'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { problemIn } from '../../api/client.ts'
import { signInQuery } from '../../api/queries.ts'
import { ToLogin } from '../session/to-login.tsx'
import { Sheet, SignInShell } from '../sign-in-shell.tsx'
import { Unread } from '../unread.tsx'

/** A page of a sign-in under way: over, failed, loading, or what `children` make of it. */
export const AttemptPage = ({ children }: { children: (signIn: SignInView) => ReactNode }) => {
  const query = useQuery(signInQuery)
  const problem = problemIn(query.error)
  if (problem?.code === 'attempt-over') return <ToLogin parting="attempt-over" />
  if (query.data) return children(query.data)
  return (
    <SignInShell step="second">
      <Sheet>
        <Unread query={query} rows={3} />
      </Sheet>
    </SignInShell>
  )
}
