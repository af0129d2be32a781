import type { ChallengeView, SignInView, VerifyResult } from '@countersign/contract/sign-in'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { headOf } from '../../prompts/head-of.tsx'
import { PromptBody } from '../../prompts/prompt-body.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet } from '../../shells/sign-in-shell.tsx'
import { Dialog } from '../../ui/overlay/dialog.tsx'

type Props = {
  signIn: SignInView
  challenge: ChallengeView
  since: number
  onResult: (result: VerifyResult) => void
}

/** "2FA Verification": the code that was just sent, over the step that sent it. Closing goes back to that step. */
const VerificationDialog = ({ signIn, challenge, since, onResult }: Props) => {
  const navigate = useNavigate()
  const { title, lead } = headOf(challenge.prompt)
  return (
    <>
      <Sheet>
        <SheetHead title="Enable 2FA" who={signIn.person}>
          Add your mobile phone. From then on we ask for a code as well as your password.
        </SheetHead>
      </Sheet>
      <Dialog title={title} open onClose={() => navigate(paths.next)}>
        <PromptBody
          challenge={challenge}
          since={since}
          className="body"
          onResult={onResult}
          head={<p className="lead">{lead}</p>}
        />
      </Dialog>
    </>
  )
}

export default VerificationDialog
