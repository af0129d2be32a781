import type { ChallengeView } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import type { ChallengeRow, OpenChallenge, Owner } from '../db/stores/challenges.ts'
import * as sends from '../db/stores/sends.ts'
import type { Deps } from '../deps.ts'
import type { FactorContext, SendChannel } from '../factors/factor.ts'
import { factorNamed } from '../factors/registry.ts'
import { hashToken } from '../keys/tokens.ts'

/** Who asks, by the cookies of the request: a session, or a sign-in on its way to one. */
export type Bearer = { kind: 'attempt' | 'session'; token: string }

export const ownerOf = (bearer: Bearer): Owner => ({ kind: bearer.kind, tokenHash: hashToken(bearer.token) })

/** What sealed records are bound to, so that none opens in another's place. */
export const stateBinding = (row: { id: string; personId: string }) =>
  `challenges|state|${row.id}|${row.personId}`
export const credentialBinding = (row: { authenticatorId: string; personId: string }) =>
  `authenticators|credential|${row.authenticatorId}|${row.personId}`

export const factorContext = (
  deps: Deps,
  person: FactorContext['person'],
  company: FactorContext['company'],
): FactorContext => ({
  now: deps.clock.now(),
  person,
  company,
  origin: deps.origin,
  gateways: deps.gateways,
  keyedHash: deps.keyedHash,
})

export const contextOf = (deps: Deps, row: OpenChallenge): FactorContext =>
  factorContext(
    deps,
    { id: row.personId, name: row.personName, email: row.personEmail },
    row.companyId && row.companyName ? { id: row.companyId, name: row.companyName } : null,
  )

/** What a challenge shows now. */
export const viewChallenge = async (
  db: Db,
  deps: Deps,
  row: Pick<ChallengeRow, 'id' | 'purpose' | 'personId' | 'factor' | 'tries' | 'maxTries' | 'expiresAt'>,
  state: unknown,
): Promise<ChallengeView> => {
  const now = deps.clock.now()
  const factor = factorNamed(row.factor)
  const sendableAt = factor.delivery ? await sends.sendableAt(db, row.personId, now) : () => now
  const secondsTo = (at: Date) => Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000))
  const context = {
    now,
    origin: deps.origin,
    triesLeft: Math.max(0, row.maxTries - row.tries),
    expiresIn: secondsTo(row.expiresAt),
    sendableIn: (channel: SendChannel) => secondsTo(sendableAt(channel)),
  }
  const prompt = factor.prompt(context, state)
  return { id: row.id, purpose: row.purpose, factor: row.factor, prompt }
}
