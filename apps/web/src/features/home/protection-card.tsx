import type { SecurityView } from '@countersign/contract/session'
import { Link } from 'react-router'
import { requirementSentence } from '../../copy/requirement.ts'
import { paths } from '../../paths.ts'
import { Card } from '../../ui/layout/card.tsx'
import { KeyValueRow, KeyValues } from '../../ui/layout/key-value.tsx'
import { Strength } from '../../ui/status/strength.tsx'
import { TimeAgo } from '../../ui/status/time-ago.tsx'

const Factors = ({ authenticators }: Pick<SecurityView, 'authenticators'>) =>
  authenticators.length === 0 ? (
    <span className="text-ink-2">None</span>
  ) : (
    <ul className="grid gap-2">
      {authenticators.map(({ id, name, strength, lastUsedAt }) => (
        <li className="grid justify-items-start" key={id}>
          <span>{name}</span>
          <span className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
            <Strength level={strength} />
            {lastUsedAt && (
              <span>
                used <TimeAgo at={lastUsedAt} past />
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )

/** What the account is protected by, and whose rule applies. */
export const ProtectionCard = ({ security }: { security: SecurityView }) => {
  const { authenticators, recoveryCodes, requirement } = security
  return (
    <Card
      title="What protects your account"
      footer={
        <>
          <span>{requirement && requirementSentence(requirement)}</span>
          <Link to={paths.settings}>User Settings</Link>
        </>
      }
    >
      <KeyValues>
        <KeyValueRow name="Second factor">
          <Factors authenticators={authenticators} />
        </KeyValueRow>
        <KeyValueRow name="Recovery codes">
          {recoveryCodes ? (
            `${recoveryCodes.left} of ${recoveryCodes.of} left`
          ) : (
            <span className="text-ink-2">None</span>
          )}
        </KeyValueRow>
      </KeyValues>
    </Card>
  )
}
