import type { Rehearsal } from '@countersign/contract/company'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { Link, Navigate } from 'react-router'
import { companyQuery, rehearsalQuery } from '../../../api/company.ts'
import { paths } from '../../../paths.ts'
import { PageHead } from '../../../shells/page-head.tsx'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { AskedGroup, ReadyGroup, StuckGroup } from './groups.tsx'
import { RequirePanel } from './require-panel.tsx'

const title = 'Before you require 2FA'

const Proportion = ({ ready, asked, stuck }: Rehearsal) => (
  <div
    className="proportion"
    role="img"
    aria-label={`${ready.count} ready, ${asked.count} will be asked to enrol, ${stuck.count} would be stuck`}
  >
    {ready.count > 0 && <i className="bg-secured" style={{ flexGrow: ready.count }} />}
    {asked.count > 0 && <i className="bg-notice" style={{ flexGrow: asked.count }} />}
    {stuck.count > 0 && <i className="bg-danger" style={{ flexGrow: stuck.count }} />}
  </div>
)

/** What each person would see at the next sign-in, before anything has happened. */
const RehearsalPage = () => {
  const company = useQuery(companyQuery)
  const rehearsal = useQuery({ ...rehearsalQuery, staleTime: 0 })
  if (company.data?.requirement.state === 'required') return <Navigate to={paths.company} replace />
  return (
    <>
      <nav className="text-sm" aria-label="Breadcrumb">
        <Link className="inline-flex items-center gap-2" to={paths.company}>
          <ArrowLeft className="i s" aria-hidden="true" />
          Company Settings
        </Link>
      </nav>
      {company.data && rehearsal.data ? (
        <>
          <PageHead
            title={title}
            lead={`Nothing has happened yet. This is what each of the ${rehearsal.data.people} people would see at their next sign-in.`}
          />
          <Proportion {...rehearsal.data} />
          <div className="with-aside">
            <div className="grid min-w-0 gap-4">
              <StuckGroup stuck={rehearsal.data.stuck} />
              <AskedGroup asked={rehearsal.data.asked} sessions={rehearsal.data.sessions} />
              <ReadyGroup ready={rehearsal.data.ready} />
            </div>
            <RequirePanel company={company.data} rehearsal={rehearsal.data} />
          </div>
        </>
      ) : (
        <>
          <PageHead title={title} />
          <UnreadCard title="The rehearsal" query={company.data ? rehearsal : company} rows={6} />
        </>
      )}
    </>
  )
}

export default RehearsalPage
