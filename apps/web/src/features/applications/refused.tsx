import type { ApplicationDress, EntryReason } from '@countersign/contract/applications'
import { Link } from 'react-router'
import { entrySentence, whomToAsk } from '../../copy/entry-reason.ts'
import { paths } from '../../paths.ts'
import { StepHeading } from '../../shells/step-heading.tsx'
import { ApplicationSign } from '../../ui/brand/application-sign.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Note } from '../../ui/status/note.tsx'

/** Not let in: why, and whom to ask. */
export const Refused = ({ application, reason }: { application: ApplicationDress; reason: EntryReason }) => (
  <>
    <ApplicationSign {...application} />
    <StepHeading step="refused">{`You cannot open ${application.name}`}</StepHeading>
    <p className="lead">{entrySentence(reason)}</p>
    <Note role="status">
      <b>{reason.enterFrom?.length ? 'What to do.' : 'Whom to ask.'}</b> {whomToAsk(reason)}
    </Note>
    <Link className={buttonClass({ variant: 'primary' })} to={paths.home}>
      Go to Home
    </Link>
  </>
)
