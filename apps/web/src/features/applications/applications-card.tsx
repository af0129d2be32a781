import { useQuery } from '@tanstack/react-query'
import { AppWindow } from 'lucide-react'
import { applicationsQuery } from '../../api/account.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { ApplicationMark } from '../../ui/brand/application-mark.tsx'
import { Card } from '../../ui/layout/card.tsx'
import { Empty } from '../../ui/status/empty.tsx'

/** What the person may open from here, without signing in again. */
export const ApplicationsCard = () => {
  const query = useQuery(applicationsQuery)
  const applications = query.data
  if (!applications) return <UnreadCard title="Applications" query={query} />
  return (
    <Card title="Applications">
      {applications.length === 0 ? (
        <Empty icon={AppWindow} title="No application yet">
          None is open to you in this company. Whoever runs this portal adds them.
        </Empty>
      ) : (
        <ul className="applications">
          {applications.map(({ id, homeUrl, ...dress }) => (
            <li key={id}>
              <a href={homeUrl}>
                <ApplicationMark {...dress} />
                <span>{dress.name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
