import type { Prompt } from '@countersign/contract/prompt'
import type { ChallengeView, VerifyResult } from '@countersign/contract/sign-in'
import type { ReactNode } from 'react'

/** What a prompt needs, wherever it stands: on a sign-in sheet, in settings, or in a dialog. */
export type PromptProps<Kind extends Prompt['kind'] = Prompt['kind']> = {
  challenge: ChallengeView & { prompt: Extract<Prompt, { kind: Kind }> }
  /** When the challenge arrived, epoch milliseconds: its seconds count from there. */
  since: number
  /** Title and lead, in the container's own dress. */
  head: ReactNode
  /** The container's class: a sheet, or the body of a dialog. */
  className: string
  /** The way back or to other ways, beside the button. */
  aside?: ReactNode
  onResult: (result: VerifyResult) => void
}
