import type { InvitationView } from '@countersign/contract/employees'
import { problemIn } from '../../../api/client.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { Sheet } from '../../../shells/sign-in-shell.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Failed } from '../../../ui/status/failed.tsx'
import type { Accept } from './use-accept.ts'

/** Somebody who has an account: one press. */
export const WithAccount = ({ view, accept }: { view: InvitationView; accept: Accept }) => {
  const problem = problemIn(accept.error)
  return (
    <Sheet>
      <SheetHead title={`Join ${view.company}`}>
        {`${view.name}, your account ${view.email} joins ${view.company}. Your password and your own factors stay.`}
      </SheetHead>
      {problem && <Failed sentence={problemSentence(problem)} onRetry={() => accept.mutate(undefined)} />}
      <Button
        variant="primary"
        size="lg"
        block
        onClick={() => accept.mutate(undefined)}
        waiting={accept.isPending && 'Joining'}
      >
        Join
      </Button>
    </Sheet>
  )
}
