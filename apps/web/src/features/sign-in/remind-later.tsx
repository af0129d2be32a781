import type { SignInView } from '@countersign/contract/sign-in'
import { useMutation } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { api, problemIn, read } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { Note } from '../../ui/status/note.tsx'
import { useDone } from './use-done.ts'

const useRemindLater = () => {
  const done = useDone()
  return useMutation({ mutationFn: () => read(api['sign-in']['remind-later'].$post()), onSuccess: done })
}

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
