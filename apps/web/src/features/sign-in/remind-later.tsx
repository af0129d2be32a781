import type { SignInView } from '@countersign/contract/sign-in'
import { Clock } from 'lucide-react'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { Note } from '../../ui/status/note.tsx'
import { useRemindLater } from './use-sign-in.ts'

/** "Remind me in 48 hours", or whose rule took that button away. */
export const RemindLater = ({ signIn }: { signIn: SignInView }) => {
  const remind = useRemindLater()
  if (signIn.step.kind !== 'enrol') return null
  if (!signIn.step.remindable) return null
  const problem = problemIn(remind.error)
  return (
    <>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <LinkButton
        icon={Clock}
        aria-disabled={remind.isPending}
        onClick={() => !remind.isPending && remind.mutate()}
      >
        Remind me in 48 hours
      </LinkButton>
    </>
  )
}
