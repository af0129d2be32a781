import type { VerifyResult } from '@countersign/contract/sign-in'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router'
import { accountKey } from '../../api/account.ts'
import { problemIn } from '../../api/client.ts'
import { challengeQuery, sessionQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { headOf } from '../../prompts/head-of.tsx'
import { PromptBody } from '../../prompts/prompt-body.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Unread } from '../../shells/unread.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { cx } from '../../ui/cx.ts'
import { useToast } from '../../ui/overlay/toasts.tsx'

const done = {
  factor: 'Your new factor works from now on.',
  number: 'Codes go to the new number from now on. The old one no longer works.',
  codes: 'These recovery codes work from now on, and only these.',
}

/** What a verdict leads to: recovery codes after the first factor, otherwise back to the settings. */
const useOnResult = (sentence: string) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const toast = useToast()
  return async (result: VerifyResult) => {
    if (result.outcome !== 'enrolled') return
    void client.invalidateQueries({ queryKey: accountKey })
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    // Recovery codes follow a first factor: one news at the end, not one for each.
    if (!result.next) toast(sentence)
    await navigate(result.next ? paths.enrol(result.next.id) : paths.settings, { replace: true })
  }
}

const Over = ({ sentence }: { sentence: string }) => (
  <Sheet>
    <SheetHead title="This step has ended" step="over">
      {sentence}
    </SheetHead>
    <Link
      className={buttonClass({ variant: 'primary', size: 'lg', block: true })}
      to={paths.settings}
      replace
    >
      Back to User Settings
    </Link>
  </Sheet>
)

const wide = new Set(['scan-qr', 'save-codes'])

/** A factor on its way into the account. The address holds the challenge, so a reload keeps the place. */
const EnrolPage = () => {
  const { id = '' } = useParams()
  const query = useQuery(challengeQuery(id))
  const challenge = query.data
  const saving = challenge?.prompt.kind === 'save-codes'
  const onResult = useOnResult(
    saving ? done.codes : challenge?.purpose === 'phone-change' ? done.number : done.factor,
  )
  const problem = problemIn(query.error)
  if (!challenge)
    return (
      <div className="panel mx-auto">
        {problem?.code === 'challenge-over' || problem?.code === 'not-found' ? (
          <Over sentence={problemSentence({ code: 'challenge-over' })} />
        ) : (
          <Sheet>
            <Unread query={query} rows={3} />
          </Sheet>
        )}
      </div>
    )
  const { title, lead } = headOf(challenge.prompt, challenge.purpose)
  return (
    <div className={cx('panel mx-auto', wide.has(challenge.prompt.kind) && 'wide')}>
      <PromptBody
        challenge={challenge}
        since={query.dataUpdatedAt}
        className={sheetClass}
        onResult={onResult}
        head={
          <SheetHead title={title} step={`${challenge.id} ${challenge.prompt.kind}`}>
            {lead}
          </SheetHead>
        }
        aside={
          !saving && (
            <Link className={buttonClass({ variant: 'quiet' })} to={paths.settings}>
              Leave it for now
            </Link>
          )
        }
      />
    </div>
  )
}

export default EnrolPage
