import type { MailProgress } from '@countersign/contract/company'
import { ProgressBar } from '../../../ui/status/progress.tsx'

/** Mails owed to many, as they leave. */
export const MailsProgress = ({ mails }: { mails: MailProgress }) => {
  const { sent, total, failed } = mails
  if (total === 0) return null
  const done = sent >= total
  return (
    <div className="grid gap-2 text-sm text-ink-2">
      <p role="status">
        {done ? `All ${total} mails were sent.` : `${sent} of ${total} mails sent.`}
        {!done && failed > 0 && ` ${failed} did not go through yet and are tried again.`}
      </p>
      {!done && <ProgressBar label="Mails sent" value={sent} max={total} />}
    </div>
  )
}
