import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { duoQuery } from '../../api/duo.ts'
import { sessionQuery } from '../../api/queries.ts'
import { paths } from '../../paths.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Card } from '../../ui/layout/card.tsx'
import { KeyValueRow, KeyValues } from '../../ui/layout/key-value.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { dateText } from '../../ui/status/time-ago.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { people } from './words.ts'

const title = 'Two-Factor Authentication'
const onlyAdmins = 'Only a Security Admin can do this.'

/** Company Settings: organization 2FA with Duo. */
export const DuoCard = ({ id }: { id: string }) => {
  const query = useQuery(duoQuery)
  const session = useQuery(sessionQuery)
  const [resetting, setResetting] = useState(false)
  if (!query.data) return <UnreadCard id={id} title={title} query={query} />
  const { setUp, reset } = query.data
  const may = session.data?.role === 'security_admin'
  if (!setUp)
    return (
      <Card
        id={id}
        title={title}
        state={<Badge>Not set up</Badge>}
        lead="Your people use their own factors. If your company has Duo, they can be asked for that instead."
      >
        <div>
          {may ? (
            <Link className={buttonClass()} to={paths.duo}>
              Set up organization 2FA
            </Link>
          ) : (
            <Button reason={onlyAdmins}>Set up organization 2FA</Button>
          )}
        </div>
        {reset && (
          <p className="text-sm text-ink-2">
            Duo was reset on {dateText(reset.at)} for {people(reset.people)}.{' '}
            <Link to={paths.duoReset}>See what was done</Link>
          </p>
        )}
      </Card>
    )
  return (
    <Card
      id={id}
      title={title}
      state={
        <Badge tone="done" icon={Check}>
          Duo
        </Badge>
      }
      lead="Your people are asked by Duo, on its own pages."
    >
      <KeyValues>
        <KeyValueRow name="API hostname">{setUp.apiHost}</KeyValueRow>
        <KeyValueRow name="Integration key">{setUp.integrationKey}</KeyValueRow>
        <KeyValueRow name="Set up">
          {dateText(setUp.setUpAt)}
          {setUp.setUpBy && ` by ${setUp.setUpBy}`}
        </KeyValueRow>
        <KeyValueRow name="People">
          {people(setUp.bound)} set up, {setUp.due} asked at their next sign-in
        </KeyValueRow>
      </KeyValues>
      <div className="flex flex-wrap gap-3">
        {may ? (
          <Link className={buttonClass()} to={paths.duo}>
            Change the keys
          </Link>
        ) : (
          <Button reason={onlyAdmins}>Change the keys</Button>
        )}
        <Button
          variant="danger-quiet"
          onClick={() => setResetting(true)}
          reason={may ? undefined : onlyAdmins}
        >
          Reset organization 2FA
        </Button>
      </div>
      {resetting && <ResetDialog onClose={() => setResetting(false)} />}
    </Card>
  )
}
