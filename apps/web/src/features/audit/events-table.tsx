import type { AuditRow } from '@countersign/contract/audit'
import { CircleCheck, CircleX } from 'lucide-react'
import { detailText, eventText } from '../../copy/audit-words.ts'
import { DataTable } from '../../ui/layout/table.tsx'
import { momentText } from '../../ui/status/moment.ts'

const Moment = ({ at }: { at: string }) => {
  const { text, full } = momentText(at)
  return (
    <time className="num whitespace-nowrap" dateTime={at} title={full}>
      {text}
    </time>
  )
}

const Outcome = ({ outcome }: Pick<AuditRow, 'outcome'>) =>
  outcome === 'ok' ? (
    <span className="inline-flex items-center gap-1 text-secured-ink">
      <CircleCheck className="i s" aria-hidden="true" />
      Worked
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 text-danger-ink">
      <CircleX className="i s" aria-hidden="true" />
      Failed
    </span>
  )

const who = ({ actor, subject }: AuditRow): string => {
  if (!subject || actor?.id === subject.id) return actor?.name ?? 'Somebody unknown'
  return actor ? `${actor.name}, about ${subject.name}` : subject.name
}

/** One line an event. */
export const EventsTable = ({ rows }: { rows: AuditRow[] }) => (
  <DataTable caption="Audit, newest first" rowsAsCards>
    <thead>
      <tr>
        <th scope="col">Time</th>
        <th scope="col">What happened</th>
        <th scope="col">Who</th>
        <th scope="col">From</th>
        <th scope="col">Outcome</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={row.seq}>
          <td>
            <Moment at={row.at} />
          </td>
          <td className="wrap-anywhere">
            <b>{eventText(row.event)}</b>
            <span className="block text-ink-2">{detailText(row)}</span>
          </td>
          <td className="md:min-w-32">{who(row)}</td>
          <td className="md:whitespace-nowrap">
            <span className="num">{row.address}</span>
            <span className="block text-ink-2">{row.browser}</span>
          </td>
          <td>
            <Outcome outcome={row.outcome} />
          </td>
        </tr>
      ))}
    </tbody>
  </DataTable>
)
