import type { DuoResetView } from '@countersign/contract/duo'
import { useQuery } from '@tanstack/react-query'
import { Check, CircleAlert, Mail } from 'lucide-react'
import { Link, Navigate } from 'react-router'
import { duoQuery } from '../../api/duo.ts'
import { paths } from '../../paths.ts'
import { StepHeading } from '../../shells/step-heading.tsx'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { List, ListRow } from '../../ui/layout/list-row.tsx'
import { Tile } from '../../ui/layout/tile.tsx'
import { ProgressRing } from '../../ui/status/progress.tsx'
import { dateText } from '../../ui/status/time-ago.tsx'
import { people } from './words.ts'

const Mails = ({ mails }: { mails: NonNullable<DuoResetView['mails']> }) => {
  const { sent, total, failed } = mails
  const left = total - sent
  return (
    <>
      <ListRow
        tile={<Tile icon={left > 0 ? Mail : Check} tone={left > 0 ? 'action' : 'done'} />}
        title="People told by mail"
        facts={left > 0 ? `${sent} sent, ${left} to go` : `All ${total} sent`}
      />
      {failed > 0 && (
        <ListRow
          tile={<Tile icon={CircleAlert} tone="danger" />}
          title={failed === 1 ? '1 mail did not go through yet' : `${failed} mails did not go through yet`}
          facts="They are tried again by themselves."
        />
      )}
    </>
  )
}

const sessionsText = (ended: number) => {
  if (ended === 0) return 'None were open'
  return ended === 1
    ? '1 session begins again at the password'
    : `${ended} sessions begin again at the password`
}

const Result = ({ reset }: { reset: DuoResetView }) => {
  const { mails } = reset
  const done = !mails || mails.sent >= mails.total
  return (
    <section className="card mx-auto w-full max-w-152" aria-label="What was done">
      <div className="body">
        <div className="grid justify-items-center gap-4 text-center">
          {mails && mails.total > 0 && (
            <ProgressRing label="People told" value={mails.sent} max={mails.total} />
          )}
          <StepHeading>{done ? 'Duo was removed' : 'Removing Duo'}</StepHeading>
          <p className="text-ink-2" role="status">
            {done ? 'Everything is done.' : 'You can leave this page; it goes on.'}
          </p>
        </div>
        <List lined>
          <ListRow
            tile={<Tile icon={Check} tone="done" />}
            title="Duo connection removed"
            facts={`Keys erased, ${dateText(reset.at)}${reset.by ? ` by ${reset.by}` : ''}`}
          />
          <ListRow
            tile={<Tile icon={Check} tone="done" />}
            title={reset.people > 0 ? `Duo taken off ${people(reset.people)}` : 'Nobody had set up Duo yet'}
            facts={reset.people > 0 && 'At the next sign-in each gets a one-time passcode by mail.'}
          />
          <ListRow
            tile={<Tile icon={Check} tone="done" />}
            title="Sessions and sign-ins by Duo ended"
            facts={sessionsText(reset.sessionsEnded)}
          />
          {mails && mails.total > 0 && <Mails mails={mails} />}
        </List>
      </div>
      <footer className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-sm text-ink-2">Recorded in the audit log</span>
        <Link className={buttonClass({ variant: 'primary' })} to={paths.company}>
          Done
        </Link>
      </footer>
    </section>
  )
}

/** What the last reset did, with its mails as they leave. */
const ResetResultPage = () => {
  const query = useQuery(duoQuery)
  const reset = query.data?.reset
  if (reset) return <Result reset={reset} />
  // Right after the reset the answer from before it is still at hand: only a fresh one says that there was none.
  const known = query.isSuccess && !query.isFetching
  return known ? (
    <Navigate to={paths.company} replace />
  ) : (
    <UnreadCard title="Removing Duo" query={query} rows={5} />
  )
}

export default ResetResultPage
