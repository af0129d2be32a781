import type { SecurityView } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { profileQuery, securityQuery } from '../../api/account.ts'
import { inSentence } from '../../copy/activity-sentence.ts'
import { StepHeading } from '../../shells/step-heading.tsx'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { SecuredBadge } from '../../ui/status/secured-badge.tsx'
import { companyAsks, nextSteps } from './next-steps.ts'
import { NextStepsCard } from './next-steps-card.tsx'
import { ProtectionCard } from './protection-card.tsx'

const Standing = ({ security: { secured, strongest } }: { security: SecurityView }) => (
  <div className="flex flex-wrap items-center justify-between gap-4">
    <div className="grid max-w-[34rem] gap-2">
      <StepHeading>{secured ? 'Your account is secured' : 'Your account is not secured'}</StepHeading>
      <p className="lead">
        {secured
          ? 'Whoever learns your password still stands outside.'
          : 'Only your password protects it. A second factor takes about a minute.'}
      </p>
    </div>
    <SecuredBadge strongest={secured ? `Strongest: ${inSentence(strongest ?? '')}` : null} />
  </div>
)

const calmText = (security: SecurityView) =>
  companyAsks(security)
    ? 'Your company asks you by Duo. If your phone is gone, a Security Admin helps you back in.'
    : 'You have more than one way in, and recovery codes for the day they fail.'

/** Where the person stands, by what, and what to do next. */
const HomePage = ({ applications }: { applications?: ReactNode }) => {
  const query = useQuery(securityQuery)
  const profile = useQuery(profileQuery).data
  const security = query.data
  if (!security)
    return (
      <>
        {/* The heading says where people stand, so it waits until that is known. */}
        {query.error ? <StepHeading>Home</StepHeading> : <h1 className="sr-only">Home</h1>}
        <UnreadCard title="Your account" query={query} rows={3} />
      </>
    )
  return (
    <>
      <Standing security={security} />
      {applications}
      <div className="grid items-start gap-6 min-[60rem]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <NextStepsCard steps={nextSteps(security, profile)} calm={calmText(security)} />
        <ProtectionCard security={security} />
      </div>
    </>
  )
}

export default HomePage
