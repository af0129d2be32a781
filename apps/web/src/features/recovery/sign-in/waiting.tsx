import type { RecoveryOptions } from '@countersign/contract/recovery'
import { Clock } from 'lucide-react'
import { momentText } from '../../../ui/status/moment.ts'
import { Note } from '../../../ui/status/note.tsx'

type Change = NonNullable<NonNullable<RecoveryOptions['phoneChange']>['waiting']>

/** A new number that waits: which, until when, and what can be done meanwhile. */
export const Waiting = ({ change }: { change: Change }) => (
  <Note tone="notice" icon={Clock} role="status">
    <b>
      Your new number <span className="num">{change.number}</span> works from{' '}
      <time dateTime={change.readyAt}>{momentText(change.readyAt).text}</time>.
    </b>{' '}
    We wrote to your addresses, and the mail has a link to cancel it. A Security Admin can approve it earlier.
    Until then your old factors work on.
  </Note>
)
