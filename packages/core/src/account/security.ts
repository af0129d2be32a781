import type { SecurityView } from '@countersign/contract'
import type { AuthenticatorRow } from '../db/stores/factors/authenticators.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { factorNamed } from '../factors/registry.ts'
import { isRequired } from '../policy/decide.ts'
import { credentialBinding } from '../sign-in/context.ts'
import { gatherFacts } from '../sign-in/facts.ts'
import { offersFor } from '../sign-in/view-sign-in.ts'

/** The Two-Factor Authentication card: secured means enforced and usable, not merely registered. */
export const viewSecurity = async (deps: Deps, session: LiveSession): Promise<SecurityView> => {
  const now = deps.clock.now()
  const { held, memberships } = await gatherFacts(deps.sql, session.personId, now)
  const second = held.filter((row) => factorNamed(row.factor).about.role !== 'recovery')
  const usable = second.filter((row) => row.lockedAt === null)
  const strongest = usable
    .map((row) => factorNamed(row.factor).about)
    .sort((a, b) => b.strength - a.strength)[0]
  const strict =
    memberships.find((row) => isRequired(row, now)) ?? memberships.find((row) => row.requiredFrom)
  const remindAt = memberships.map((row) => row.remindAt?.getTime() ?? 0).reduce((a, b) => Math.max(a, b), 0)
  return {
    secured: usable.length > 0,
    strongest: strongest?.label ?? null,
    authenticators: second.map(viewAuthenticator),
    recoveryCodes: viewCodes(deps, held),
    requirement: strict
      ? {
          company: strict.companyName,
          from: (strict.requiredAt ?? strict.requiredFrom ?? now).toISOString(),
          inForce: isRequired(strict, now),
        }
      : null,
    offers: offersFor(held),
    reminder: usable.length === 0 && remindAt > now.getTime() ? new Date(remindAt).toISOString() : null,
  }
}

const viewAuthenticator = (row: AuthenticatorRow): SecurityView['authenticators'][number] => {
  const { label, icon, strength } = factorNamed(row.factor).about
  return {
    id: row.id,
    factor: row.factor,
    label,
    name: row.name,
    icon,
    strength,
    addedAt: row.addedAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    locked: row.lockedAt !== null,
  }
}

const viewCodes = (deps: Deps, held: AuthenticatorRow[]): SecurityView['recoveryCodes'] => {
  const row = held.find((one) => factorNamed(one.factor).about.role === 'recovery')
  if (!row) return null
  const credential = deps.seal.open(
    row.credential,
    credentialBinding({ authenticatorId: row.id, personId: row.personId }),
  )
  const facts = factorNamed(row.factor).facts?.(credential) ?? {}
  return { left: Number(facts.left), of: Number(facts.of), madeAt: String(facts.madeAt) }
}
