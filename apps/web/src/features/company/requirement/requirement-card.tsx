import type { CompanyView } from '@countersign/contract/company'
import { useQuery } from '@tanstack/react-query'
import { Calendar, Lock } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { companyQuery } from '../../../api/company.ts'
import { paths } from '../../../paths.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { buttonClass } from '../../../ui/button/button-class.ts'
import { Card } from '../../../ui/layout/card.tsx'
import { Badge } from '../../../ui/status/badge.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'
import { AnnounceDialog } from './announce-dialog.tsx'
import { MailsProgress } from './mails-progress.tsx'

const title = 'Authentication Settings'

const State = ({ requirement }: Pick<CompanyView, 'requirement'>) => {
  if (requirement.state === 'required')
    return (
      <Badge tone="done" icon={Lock}>
        Required since {dateText(requirement.since)}
      </Badge>
    )
  if (requirement.state === 'announced')
    return (
      <Badge tone="notice" icon={Calendar}>
        Announced for {dateText(requirement.from)}
      </Badge>
    )
  return <Badge>Optional</Badge>
}

/** Whether the company requires two-factor authentication; there is a way to and none back. */
export const RequirementCard = ({ id }: { id: string }) => {
  const query = useQuery(companyQuery)
  const [announcing, setAnnouncing] = useState(false)
  const company = query.data
  if (!company) return <UnreadCard id={id} title={title} query={query} />
  const { requirement, name, people, mails } = company
  const state = <State requirement={requirement} />
  if (requirement.state === 'required')
    return (
      <Card
        id={id}
        title={title}
        state={state}
        lead={`All ${people} people of ${name} need a second factor.`}
      >
        <Note icon={Lock}>
          <b>This cannot be disabled,</b> by anyone, in any way. Whoever has no factor sets one up at the next
          sign-in.
        </Note>
        {mails && <MailsProgress mails={mails} />}
      </Card>
    )
  return (
    <Card
      id={id}
      title={title}
      state={state}
      lead={`Require two-factor authentication from all ${people} people of ${name}.`}
    >
      <div className="flex flex-wrap gap-3">
        <Link className={buttonClass({ variant: 'primary' })} to={paths.requirement}>
          Enable
        </Link>
        <Button onClick={() => setAnnouncing(true)}>
          {requirement.state === 'announced' ? 'Change the date' : 'Announce a date instead'}
        </Button>
      </div>
      <Note tone="notice" icon={Lock}>
        <b>This cannot be disabled.</b> You see who is ready, who will be asked and who would be stuck before
        anything happens.
      </Note>
      {mails && mails.sent < mails.total && <MailsProgress mails={mails} />}
      {announcing && <AnnounceDialog company={company} onClose={() => setAnnouncing(false)} />}
    </Card>
  )
}
