import type { WebhookSecret } from '@countersign/contract/webhooks'
import { Button } from '../../ui/button/button.tsx'
import { CopyButton } from '../../ui/button/copy-button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../ui/overlay/dialog.tsx'
import { Note } from '../../ui/status/note.tsx'
import { TimeAgo } from '../../ui/status/time-ago.tsx'

/** The one time a secret is seen. */
export const SecretDialog = ({ made, onClose }: { made: WebhookSecret; onClose: () => void }) => (
  <Dialog open onClose={onClose} title="Signing secret" unsaved>
    <DialogBody>
      <p>Your receiver checks with it that a message is ours and was not changed (Standard Webhooks).</p>
      <section aria-label="Secret" className="key font-mono break-all">
        {made.secret}
      </section>
      <div>
        <CopyButton text={made.secret} what="secret" size="sm" />
      </div>
      <Note>
        It is shown this once.
        {made.previousUntil && (
          <>
            {' '}
            Messages are signed with the one before it too, until <TimeAgo at={made.previousUntil} />.
          </>
        )}
      </Note>
    </DialogBody>
    <DialogFooter>
      <Button variant="primary" onClick={onClose}>
        I have copied it
      </Button>
    </DialogFooter>
  </Dialog>
)
