import type { InvitationView } from '@countersign/contract/employees'
import type { SessionView } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { problemIn } from '../../../api/client.ts'
import { sessionQuery } from '../../../api/queries.ts'
import { paths } from '../../../paths.ts'
import { SignOutOrStay } from '../../../shells/session/sign-out-or-stay.tsx'
import { StepUpDialog } from '../../../shells/session/step-up-dialog.tsx'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { Sheet } from '../../../shells/sign-in-shell.tsx'
import { Unread } from '../../../shells/unread.tsx'
import { buttonClass } from '../../../ui/button/button-class.ts'
import type { Accept } from './use-accept.ts'
import { WithAccount } from './with-account.tsx'

type Props = { view: InvitationView; accept: Accept; keep: () => void }

const SignInFirst = ({ view, keep }: Omit<Props, 'accept'>) => (
  <Sheet>
    <SheetHead title={`Join ${view.company}`} step="sign-in">
      {`${view.name}, you have an account here. Sign in as ${view.email} to join ${view.company}; after that you are back on this page.`}
    </SheetHead>
    <Link
      className={buttonClass({ variant: 'primary', size: 'lg', block: true })}
      to={paths.login}
      onClick={keep}
    >
      Sign in
    </Link>
  </Sheet>
)

const SomebodyElse = ({ view, person, keep }: Omit<Props, 'accept'> & Pick<SessionView, 'person'>) => (
  <Sheet>
    <SheetHead title="This invitation is for somebody else" step="somebody-else">
      {`You are signed in as ${person.name} (${person.email}). ${view.company} invited ${view.email}. Sign out, then sign in as ${view.email} to join ${view.company}.`}
    </SheetHead>
    <SignOutOrStay keep={keep} />
  </Sheet>
)

/** Somebody who is active in a company already joins another in a session of their own. */
export const AsThemselves = ({ view, accept, keep }: Props) => {
  const session = useQuery(sessionQuery)
  const problem = problemIn(session.error)
  if (problem?.code === 'not-signed-in') return <SignInFirst view={view} keep={keep} />
  if (!session.data)
    return (
      <Sheet>
        <Unread query={session} rows={2} />
      </Sheet>
    )
  const { person } = session.data
  if (person.email !== view.email) return <SomebodyElse view={view} person={person} keep={keep} />
  return (
    <>
      <WithAccount view={view} accept={accept} />
      <StepUpDialog />
    </>
  )
}
