import type { Rehearsal, StuckWhy } from '@countersign/contract/company'
import { CircleAlert, CircleCheck, Clock, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../../../paths.ts'
import { buttonClass } from '../../../ui/button/button-class.ts'
import { List, ListRow } from '../../../ui/layout/list-row.tsx'
import { Tile, type TileTone } from '../../../ui/layout/tile.tsx'

const why: Record<StuckWhy, { fact: string; fix: string }> = {
  'factor-locked': {
    fact: 'Their factor is locked after too many wrong codes',
    fix: 'Send a passcode',
  },
  'invitation-over': { fact: 'Their invitation has expired', fix: 'Send again' },
  'never-joined': { fact: 'They never answered the invitation', fix: 'Send again' },
}

const sessionsSentence = (count: number): string => {
  if (count === 0) return ''
  return count === 1 ? ' 1 open session would end.' : ` ${count} open sessions would end.`
}

const Group = ({
  icon,
  tone,
  count,
  title,
  sentence,
  children,
}: {
  icon: LucideIcon
  tone: TileTone
  count: number
  title: string
  sentence: string
  children?: ReactNode
}) => (
  <section className="card" aria-label={`${count} ${title}`}>
    <div className="body">
      <div className="flex items-start gap-3">
        <Tile icon={icon} tone={tone} />
        <div className="grid gap-0.5">
          <h2>
            <span className="num">{count}</span> {title}
          </h2>
          <p className="text-sm text-ink-2">{sentence}</p>
        </div>
      </div>
      {children}
    </div>
  </section>
)

/** "Edsger Visser, Grace Lindqvist, Nils Aaltonen and 24 others". */
const names = ({ count, first }: { count: number; first: { name: string }[] }): string => {
  const shown = first.slice(0, count > 4 ? 3 : 4).map(({ name }) => name)
  const others = count - shown.length
  if (others > 0) return `${shown.join(', ')} and ${others} others`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}

export const StuckGroup = ({ stuck }: { stuck: Rehearsal['stuck'] }) =>
  stuck.count === 0 ? null : (
    <Group
      icon={CircleAlert}
      tone="danger"
      count={stuck.count}
      title="would be stuck"
      sentence="They could not finish signing in. Fix these first."
    >
      <List>
        {stuck.first.map((person) => (
          <ListRow
            key={person.id}
            folds
            title={person.name}
            facts={why[person.why].fact}
            acts={
              <Link className={buttonClass({ size: 'sm' })} to={paths.employee(person.id)}>
                {why[person.why].fix}
                <span className="sr-only"> to {person.name}</span>
              </Link>
            }
          />
        ))}
      </List>
      {stuck.count > stuck.first.length && (
        <p className="text-sm">and {stuck.count - stuck.first.length} others</p>
      )}
    </Group>
  )

export const AskedGroup = ({ asked, sessions }: Pick<Rehearsal, 'asked' | 'sessions'>) => (
  <Group
    icon={Clock}
    tone="notice"
    count={asked.count}
    title="will be asked to enrol"
    sentence={`They add a factor at their next sign-in, proven by their number on file or a code by mail.${sessionsSentence(sessions)}`}
  >
    {asked.count > 0 && (
      <p className="text-sm text-ink-2">
        {names(asked)}. {asked.byNumber} of them have a number on file.
      </p>
    )}
  </Group>
)

export const ReadyGroup = ({ ready }: Pick<Rehearsal, 'ready'>) => (
  <Group
    icon={CircleCheck}
    tone="done"
    count={ready.count}
    title={ready.count === 1 ? 'is ready' : 'are ready'}
    sentence="They notice nothing: they already answer with a second factor."
  >
    {ready.count > 0 && (
      <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <p className="text-ink-2">
          {ready.byFactor.map(({ label, count }) => `${label}: ${count}`).join(', ')}
        </p>
        <Link to={paths.employees}>See the list</Link>
      </div>
    )}
  </Group>
)
