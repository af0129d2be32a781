import { Button } from '../../ui/button/button.tsx'
import { CopyButton } from '../../ui/button/copy-button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../ui/overlay/dialog.tsx'
import { Note } from '../../ui/status/note.tsx'

/** The one time a token is seen. */
export const TokenDialog = ({ token, onClose }: { token: string; onClose: () => void }) => (
  <Dialog open onClose={onClose} title="Your directory’s token" unsaved>
    <DialogBody>
      <p>
        Paste it where your directory asks for a secret token (Microsoft Entra) or for HTTP header
        authentication (Okta).
      </p>
      <section aria-label="Token" className="key font-mono break-all">
        {token}
      </section>
      <div>
        <CopyButton text={token} what="token" size="sm" />
      </div>
      <Note>
        It is shown this once. Whoever has it can add, change and deactivate your people, so keep it nowhere
        else.
      </Note>
    </DialogBody>
    <DialogFooter>
      <Button variant="primary" onClick={onClose}>
        I have copied it
      </Button>
    </DialogFooter>
  </Dialog>
)
