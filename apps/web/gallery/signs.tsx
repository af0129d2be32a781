import { WifiOff } from 'lucide-react'
import { Card } from '../src/ui/layout/card.tsx'
import { Note } from '../src/ui/status/note.tsx'

export const Signs = () => (
  <Card title="Notes">
    <div className="grid gap-3">
      <Note>
        <b>Plain.</b> You were asked because this browser is new.
      </Note>
      <Note tone="notice">
        <b>Notice.</b> Three recovery codes are left.
      </Note>
      <Note tone="danger" icon={WifiOff}>
        <b>Duo did not answer.</b> Nobody gets in without it. Try again in a moment.
      </Note>
      <Note tone="done">
        <b>Done.</b> Passcode mailed to g••••@northwind.test, valid until 14:02 tomorrow.
      </Note>
    </div>
  </Card>
)
