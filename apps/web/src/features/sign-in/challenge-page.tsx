import type { ChallengeView, VerifyResult } from '@countersign/contract/sign-in'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { problemIn } from '../../api/client.ts'
import { challengeQuery, signInQuery } from '../../api/queries.ts'
import { recoveryKey } from '../../api/recovery.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { reasonSentence } from '../../copy/reason.ts'
import { paths } from '../../paths.ts'
import { headOf } from '../../prompts/head-of.tsx'
import { PromptBody } from '../../prompts/prompt-body.tsx'
import { AttemptPage } from '../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../shells/attempt/use-abandon.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Unread } from '../../shells/unread.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { RemindLater } from './remind-later.tsx'
import { useDone } from './use-done.ts'

/** What a verdict leads to. */
const useOnResult = (id: string) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const done = useDone()
  return (result: VerifyResult) => {
    if (result.outcome === 'signed-in') return done()
    if (result.outcome === 'next' || result.outcome === 'waiting')
      return result.challenge.id === id
        ? undefined
        : navigate(paths.challenge(result.challenge.id), { replace: true })
    client.removeQueries({ queryKey: signInQuery.queryKey })
    if (result.outcome === 'phone-change') {
      // What could be done before this is no longer true.
      client.removeQueries({ queryKey: recoveryKey })
      return navigate(paths.lostPhone, { replace: true })
    }
    if (result.outcome === 'enrolled' && result.next)
      return navigate(paths.challenge(result.next.id), { replace: true })
    navigate(paths.next, { replace: true })
  }
}

const VerificationDialog = lazy(() => import('./verification-dialog.tsx'))

/** A code that was sent to check a new number is asked for in a dialog over that number’s step. */
const inDialog = ({ purpose, prompt }: ChallengeView) =>
  purpose === 'enrol' &&
  prompt.kind === 'enter-code' &&
  prompt.sends.some(({ channel }) => channel !== 'email')

/** Steps that can be taken in one way only. */
const noChoice = new Set(['bind', 'confirm-email'])

const wide = new Set(['scan-qr', 'save-codes'])

const Over = ({ sentence }: { sentence: string }) => (
  <Sheet>
    <SheetHead title="This step has ended">{sentence}</SheetHead>
    <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={paths.next} replace>
      Go on
    </Link>
  </Sheet>
)

const Aside = ({ purpose }: { purpose: ChallengeView['purpose'] }): ReactNode =>
  purpose === 'sign-in' ? (
    <div className="ways">
      <Link className="linkbtn" to={paths.choose}>
        Try another way
      </Link>
      <Link className="linkbtn" to={paths.lostPhone}>
        I don’t have access to my phone
      </Link>
    </div>
  ) : (
    <Link
      className={buttonClass({ variant: 'quiet' })}
      to={purpose === 'phone-change' ? paths.lostPhone : paths.choose}
    >
      Choose another way
    </Link>
  )

/** One question to one authenticator. The address holds its id, so reload and back keep the place. */
const ChallengePage = () => {
  const { id = '' } = useParams()
  const query = useQuery(challengeQuery(id))
  const onResult = useOnResult(id)
  const abandon = useAbandon()
  const challenge = query.data
  const problem = problemIn(query.error)
  return (
    <AttemptPage>
      {(signIn) => {
        if (!challenge)
          return (
            <SignInShell step="second">
              {problem?.code === 'challenge-over' ? (
                <Over sentence={problemSentence(problem)} />
              ) : (
                <Sheet>
                  <Unread query={query} rows={3} />
                </Sheet>
              )}
            </SignInShell>
          )
        const { prompt, purpose } = challenge
        const { title, lead } = headOf(prompt, purpose)
        const saving = prompt.kind === 'save-codes'
        const proving = purpose === 'sign-in'
        return (
          <SignInShell
            step={saving ? 'proven' : 'second'}
            wide={wide.has(prompt.kind)}
            portal={signIn.company ?? ''}
            aside={!saving && <RemindLater signIn={signIn} />}
          >
            {inDialog(challenge) ? (
              <Suspense>
                <VerificationDialog {...{ signIn, challenge, onResult }} since={query.dataUpdatedAt} />
              </Suspense>
            ) : (
              <PromptBody
                challenge={challenge}
                since={query.dataUpdatedAt}
                className={sheetClass}
                onResult={onResult}
                head={
                  <SheetHead
                    title={title}
                    step={`${challenge.id} ${prompt.kind}`}
                    {...(!saving && { who: signIn.person, onNotMe: abandon })}
                  >
                    {lead}
                    {proving && signIn.reason && (
                      <span className="why"> {reasonSentence(signIn.reason)}</span>
                    )}
                  </SheetHead>
                }
                aside={saving || noChoice.has(signIn.step.kind) ? null : <Aside purpose={purpose} />}
              />
            )}
          </SignInShell>
        )
      }}
    </AttemptPage>
  )
}

export default ChallengePage
