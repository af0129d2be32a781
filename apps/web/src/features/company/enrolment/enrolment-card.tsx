import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useId } from 'react'
import { Link } from 'react-router'
import { enrolmentQuery } from '../../../api/company.ts'
import { paths } from '../../../paths.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Card } from '../../../ui/layout/card.tsx'
import { Disclosure } from '../../../ui/layout/disclosure.tsx'
import { Bones } from '../../../ui/status/bones.tsx'
import { percent, securedOn, strengthSentence } from './shares.ts'
import { SharesTable } from './shares-table.tsx'

// The drawing library is loaded here and nowhere else.
const EnrolmentPlot = lazy(() => import('./plot.tsx'))

const title = 'Enrolment'

/** How many are secured, since when and by what. */
export const EnrolmentCard = ({ id }: { id: string }) => {
  const query = useQuery(enrolmentQuery)
  const captionId = useId()
  const history = query.data
  const today = history?.days.at(-1)
  if (!history || !today) return <UnreadCard id={id} title={title} query={query} rows={6} />
  const secured = securedOn(today)
  const left = today.people - secured
  const people = left === 1 ? '1 person' : `${left} people`
  return (
    <Card
      id={id}
      title={title}
      state={
        left > 0 && (
          <Link className="text-sm" to={paths.employees}>
            {people} still to go
          </Link>
        )
      }
    >
      <figure className="grid gap-4" aria-labelledby={captionId}>
        <figcaption id={captionId} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <b className="num text-3xl text-ink">{percent((secured / Math.max(1, today.people)) * 100)}</b>
          <span>
            <b className="text-ink">
              {secured} of {today.people} people are secured.
            </b>{' '}
            {strengthSentence(history)}
          </span>
        </figcaption>
        <Suspense fallback={<Bones rows={6} />}>
          <EnrolmentPlot history={history} />
        </Suspense>
        <Disclosure summary="Show as a table">
          <SharesTable history={history} />
        </Disclosure>
      </figure>
    </Card>
  )
}
