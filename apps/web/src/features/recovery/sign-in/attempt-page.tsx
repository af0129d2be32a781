import type { SignInView } from '@countersign/contract/sign-in'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Navigate } from 'react-router'
import { problemIn } from '../../../api/client.ts'
import { signInQuery } from '../../../api/queries.ts'
import { paths } from '../../../paths.ts'
import { Sheet, SignInShell } from '../../../shells/sign-in-shell.tsx'
import { Bones } from '../../../ui/status/bones.tsx'
import { Failed } from '../../../ui/status/failed.tsx'

/** A page of a sign-in under way: over, failed, loading, or what `children` make of it. */
export const AttemptPage = ({ children }: { children: (signIn: SignInView) => ReactNode }) => {
  const query = useQuery(signInQuery)
  const code = problemIn(query.error)?.code
  if (code === 'attempt-over') return <Navigate to={paths.login} replace state={{ over: true }} />
  if (query.data) return children(query.data)
  return (
    <SignInShell step="second">
      <Sheet>
        {code ? (
          <Failed sentence="The portal did not answer." onRetry={() => query.refetch()} />
        ) : (
          <Bones rows={3} />
        )}
      </Sheet>
    </SignInShell>
  )
}
