import type { SessionView } from '@countersign/contract/session'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect } from 'react'
import { Outlet, useLocation } from 'react-router'
import { companiesQuery } from '../api/account.ts'
import { problemIn } from '../api/client.ts'
import { sessionQuery } from '../api/queries.ts'
import { problemSentence } from '../copy/problem-sentence.ts'
import { Failed } from '../ui/status/failed.tsx'
import { AppShell } from './app-shell.tsx'
import { ChooseCompany } from './session/choose-company.tsx'
import type { Parting } from './session/parting.ts'
import { rememberReturn } from './session/return-to.ts'
import { RoleGate } from './session/role-gate.tsx'
import { StepUpDialog } from './session/step-up-dialog.tsx'
import { ToLogin } from './session/to-login.tsx'
import { useEnterCompany } from './session/use-enter-company.ts'
import { useSessionEnd } from './session/use-session-end.ts'
import { useSignOut } from './session/use-sign-out.ts'
import { Sheet, SignInShell } from './sign-in-shell.tsx'

/** There is no session: sign in, then come back to this page. Nothing of the old session stays in memory. */
const Leave = ({ parting }: { parting: Parting | null }) => {
  const client = useQueryClient()
  const here = useLocation()
  useEffect(() => {
    rememberReturn(here)
    client.clear()
  }, [client, here])
  return <ToLogin parting={parting} />
}

const Bar = ({ session, notices }: { session: SessionView; notices: ReactNode }) => {
  const signOut = useSignOut()
  const companies = useQuery({ ...companiesQuery, enabled: session.severalCompanies })
  const enter = useEnterCompany()
  useSessionEnd()
  return (
    <AppShell
      session={session}
      companies={companies.data ?? []}
      onCompany={(id) => enter.mutate(id)}
      onSignOut={() => signOut.mutate()}
    >
      {/* Another company is another world: nothing of the page before it stays. */}
      <Suspense key={session.company?.id}>
        {notices}
        <RoleGate session={session}>
          <Outlet />
        </RoleGate>
      </Suspense>
      <StepUpDialog />
    </AppShell>
  )
}

/** Around every page for signed-in people: who they are, the bar, and the question before sensitive deeds. */
const SignedIn = ({ notices }: { notices?: ReactNode }) => {
  const query = useQuery(sessionQuery)
  const problem = problemIn(query.error)
  const session = query.data
  if (problem?.code === 'not-signed-in') return <Leave parting={session ? 'session-over' : null} />
  if (session)
    return session.company || !session.severalCompanies ? (
      <Bar session={session} notices={notices} />
    ) : (
      <ChooseCompany />
    )
  if (!problem) return null
  return (
    <SignInShell>
      <Sheet>
        <Failed
          sentence={problemSentence(problem)}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      </Sheet>
    </SignInShell>
  )
}

export default SignedIn
