import type { SecurityView } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { securityQuery } from '../../../api/account.ts'
import { inSentence } from '../../../copy/activity-sentence.ts'
import { requirementSentence } from '../../../copy/requirement.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/layout/card.tsx'
import { SecuredBadge } from '../../../ui/status/secured-badge.tsx'
import { AddFactorDialog } from './add-factor-dialog.tsx'
import { ChooseMethod } from './choose-method.tsx'
import { FactorList } from './factor-list.tsx'
import { RecoveryRow } from './recovery-row.tsx'

const title = 'Two-Factor Authentication'

const leadOf = ({ secured, authenticators, strongest }: SecurityView): string => {
  if (secured && authenticators.length === 1)
    return `Your account needs your password and your ${inSentence(strongest ?? 'second factor')}.`
  if (secured)
    return `Your account needs your password and one of these. The strongest is your ${inSentence(strongest ?? 'second factor')}.`
  if (authenticators.length > 0)
    return 'Your factors are locked after too many wrong codes. Add another one, then remove those.'
  return 'Only your password protects this account. Choose the second word.'
}

/** SECURED or not, by what, and how to change that. */
export const TwoFactorCard = ({ id }: { id: string }) => {
  const query = useQuery(securityQuery)
  const [adding, setAdding] = useState(false)
  const security = query.data
  if (!security) return <UnreadCard id={id} title={title} query={query} rows={3} />
  const { secured, strongest, authenticators, requirement, offers } = security
  const rule = requirement && requirementSentence(requirement)
  const some = authenticators.length > 0
  return (
    <Card
      id={id}
      title={title}
      lead={leadOf(security)}
      state={<SecuredBadge strongest={secured ? `Strongest: ${inSentence(strongest ?? '')}` : null} />}
      footer={
        some ? (
          <>
            <span>{rule ?? 'Two factors are better than one: losing one is then no lockout.'}</span>
            <Button
              size="sm"
              icon={Plus}
              onClick={() => setAdding(true)}
              reason={offers.length === 0 ? 'You have as many as an account can hold.' : undefined}
            >
              Add a factor
            </Button>
          </>
        ) : (
          rule
        )
      }
    >
      {some ? (
        <>
          <FactorList security={security} />
          {secured && <RecoveryRow codes={security.recoveryCodes} />}
          <AddFactorDialog open={adding} onClose={() => setAdding(false)} offers={offers} />
        </>
      ) : (
        <ChooseMethod offers={offers} />
      )}
    </Card>
  )
}
