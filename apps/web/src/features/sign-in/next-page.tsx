import type { FactorName, SignInView } from '@countersign/contract/sign-in'
import { lazy, useCallback, useEffect, useRef } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { useStartChallenge } from '../../api/challenge.ts'
import { api, problemIn, read } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { AttemptPage } from '../../shells/attempt/attempt-page.tsx'
import { Ways } from '../../shells/attempt/ways.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Note } from '../../ui/status/note.tsx'
import { StartAtOnce } from './start-at-once.tsx'

const EnrolPage = lazy(() => import('./enrol-page.tsx'))

/** The last used way is asked at once; if that does not work, the person is not left standing. */
const AskFirst = ({ signIn, authenticatorId }: { signIn: SignInView; authenticatorId: string }) => {
  const navigate = useNavigate()
  const { mutate, error } = useStartChallenge()
  const asked = useRef<string | null>(null)
  useEffect(() => {
    if (asked.current === authenticatorId) return
    asked.current = authenticatorId
    mutate(authenticatorId, { onSuccess: ({ id }) => navigate(paths.challenge(id), { replace: true }) })
  }, [authenticatorId, mutate, navigate])
  const problem = problemIn(error)
  if (!problem)
    return (
      <SignInShell step="second">
        <Sheet>
          <Bones rows={3} />
        </Sheet>
      </SignInShell>
    )
  return (
    <SignInShell step="second" wide>
      <Sheet>
        <SheetHead title="Try another way" who={signIn.person} />
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
        {signIn.step.kind === 'prove' && <Ways ways={signIn.step.ways} />}
      </Sheet>
    </SignInShell>
  )
}

const mailPasscode = () => read(api.challenges.mailbox.$post())

/** The company's own factor is bound now. */
const Bind = ({ signIn, factor, label }: { signIn: SignInView; factor: FactorName; label: string }) => {
  const start = useCallback(() => read(api.challenges.enrolments.$post({ json: { factor } })), [factor])
  return <StartAtOnce signIn={signIn} title={`Set up ${label}`} start={start} />
}

/** Whatever this sign-in asks next; the server knows. */
const NextPage = () => (
  <AttemptPage>
    {(signIn) => {
      const { step } = signIn
      if (step.kind === 'enrol') return <EnrolPage />
      if (step.kind === 'save-codes') return <Navigate to={paths.challenge(step.challengeId)} replace />
      if (step.kind === 'set-password') return <Navigate to={paths.setPassword} replace />
      if (step.kind === 'confirm-email')
        return <StartAtOnce signIn={signIn} title="Check your e-mail" start={mailPasscode} />
      if (step.kind === 'bind') return <Bind signIn={signIn} factor={step.factor} label={step.label} />
      // Nothing of theirs can be asked: the page of ways back says what can be done.
      if (signIn.reason?.rule === 'factor-locked') return <Navigate to={paths.lostPhone} replace />
      const [first] = step.kind === 'prove' ? step.ways : []
      return first ? (
        <AskFirst signIn={signIn} authenticatorId={first.authenticatorId} />
      ) : (
        <Navigate to={paths.choose} replace />
      )
    }}
  </AttemptPage>
)

export default NextPage
