import type { ActivityRow } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import {
  CircleX,
  History,
  KeyRound,
  LogIn,
  LogOut,
  type LucideIcon,
  MessageSquareText,
  UserPen,
} from 'lucide-react'
import { useState } from 'react'
import { activityQuery } from '../../api/account.ts'
import { activitySentence } from '../../copy/activity-sentence.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { Card } from '../../ui/layout/card.tsx'
import { Empty } from '../../ui/status/empty.tsx'
import { momentText } from '../../ui/status/moment.ts'

const title = 'Recent security activity'
const few = 6

const icons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^(sign-out|session\.|not-me)/u, LogOut],
  [/^(sign-in|step-up)/u, LogIn],
  [/^(authenticator|recovery|passcode)/u, KeyRound],
  [/^(code|phone)/u, MessageSquareText],
]
const iconOf = ({ event, outcome }: ActivityRow): LucideIcon =>
  outcome === 'failed' ? CircleX : (icons.find(([pattern]) => pattern.test(event))?.[1] ?? UserPen)

const Row = ({ row }: { row: ActivityRow }) => {
  const Icon = iconOf(row)
  const { what, more } = activitySentence(row)
  const where = [row.browser, row.address].filter(Boolean).join(', ')
  const { text, full } = momentText(row.at)
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 gap-y-0.5 md:grid-cols-[auto_minmax(0,1fr)_auto]">
      <Icon
        className={row.outcome === 'failed' ? 'i mt-0.5 text-danger' : 'i mt-0.5 text-ink-3'}
        aria-hidden="true"
      />
      <span className="wrap-anywhere">
        <b>{what}</b>
        {more && ` ${more}`}
        {where && <span className="text-ink-2"> · {where}</span>}
      </span>
      <time className="num col-start-2 text-sm text-ink-3 md:col-start-3" dateTime={row.at} title={full}>
        {text}
      </time>
    </li>
  )
}

/** What happened to the account, newest first, so that a stranger's doings stand out. */
export const ActivityCard = ({ id }: { id: string }) => {
  const query = useQuery(activityQuery)
  const [all, setAll] = useState(false)
  const rows = query.data
  if (!rows) return <UnreadCard id={id} title={title} query={query} rows={3} />
  const shown = all ? rows : rows.slice(0, few)
  return (
    <Card id={id} title={title}>
      {rows.length === 0 ? (
        <Empty icon={History} title="Nothing yet">
          Sign-ins and changes to your account will stand here, with the time, the browser and the address.
        </Empty>
      ) : (
        <ul className="grid gap-3">
          {shown.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {shown.length < rows.length && (
        <div>
          <LinkButton onClick={() => setAll(true)}>Show {rows.length - shown.length} more</LinkButton>
        </div>
      )}
    </Card>
  )
}
