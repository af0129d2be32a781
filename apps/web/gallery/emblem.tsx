import { LockUp } from '../src/ui/brand/lock-up.tsx'
import { Mark } from '../src/ui/brand/mark.tsx'
import { Card } from '../src/ui/layout/card.tsx'
import { StandingBadge } from '../src/ui/status/badge.tsx'
import { SecuredBadge } from '../src/ui/status/secured-badge.tsx'

export const Emblem = () => (
  <Card title="Emblem">
    <div className="flex flex-wrap items-center gap-8">
      <Mark className="size-18!" />
      <a className="brand" href="#main">
        <LockUp />
      </a>
    </div>
    <div className="flex flex-wrap items-center gap-3">
      <SecuredBadge strongest="Strongest: passkey" />
      <SecuredBadge strongest={null} />
    </div>
    <div className="flex flex-wrap items-center gap-2">
      <StandingBadge standing="secured" />
      <StandingBadge standing="pending" since="19 Nov" />
      <StandingBadge standing="overdue" />
      <StandingBadge standing="locked-out" />
      <StandingBadge standing="deactivated" />
      <StandingBadge standing="not-enrolled" />
    </div>
  </Card>
)
