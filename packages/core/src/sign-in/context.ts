import type { ChallengeView, FactorName } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as sends from '../db/stores/factors/sends.ts'
import type { ChallengeRow, OpenChallenge, Owner } from '../db/stores/sign-in/challenges.ts'
import type { Caller, Deps } from '../deps.ts'
import { readConnection } from '../duo/keys.ts'
import type { FactorContext, SendChannel } from '../factors/factor.ts'
import { factorNamed } from '../factors/registry.ts'
import { hashToken } from '../keys/tokens.ts'
import { describeBrowser } from '../mail/browser.ts'

/** Who asks, by the cookies of the request: a session, or a sign-in on its way to one. */
export type Bearer = { kind: 'attempt' | 'session'; token: string }

export const ownerOf = (bearer: Bearer): Owner => ({ kind: bearer.kind, tokenHash: hashToken(bearer.token) })

/** What sealed records are bound to, so that none opens in another's place. */
export const stateBinding = (row: { id: string; personId: string }) =>
  `challenges|state|${row.id}|${row.personId}`
export const credentialBinding = (row: { authenticatorId: string; personId: string }) =>
  `authenticators|credential|${row.authenticatorId}|${row.personId}`

/** What a factor is told: who and what is asked, by whom, and from where. */
export const factorContext = async (
  deps: Deps,
  caller: Caller,
  question: Pick<FactorContext, 'person' | 'company' | 'authenticatorId' | 'owner'> & { factor: FactorName },
): Promise<FactorContext> => {
  const { factor, ...rest } = question
  return {
    ...rest,
    now: deps.clock.now(),
    origin: deps.origin,
    gateways: deps.gateways,
    duo: async () => question.company && readConnection(deps, question.company.id),
    keyedHash: deps.keyedHash,
    others: await othersOf(deps, question.person.id, factor, question.authenticatorId),
    from: from(caller),
  }
}

/** Few factors tell where a request came from, so the browser is only made words of when one does. */
const from = ({ address, userAgent }: Caller): FactorContext['from'] => ({
  address,
  get browser() {
    return describeBrowser(userAgent)
  },
})

const othersOf = async (deps: Deps, personId: string, factor: FactorName, authenticatorId: string) => {
  if (!factorNamed(factor).knowsOthers) return []
  const held = await authenticators.listHeld(deps.sql, personId)
  return held
    .filter((row) => row.factor === factor && row.id !== authenticatorId)
    .map((row) => deps.seal.open(row.credential, credentialBinding({ authenticatorId: row.id, personId })))
}

export const contextOf = (deps: Deps, caller: Caller, row: OpenChallenge): Promise<FactorContext> =>
  factorContext(deps, caller, {
    person: { id: row.personId, name: row.personName, email: row.personEmail },
    company: row.companyId && row.companyName ? { id: row.companyId, name: row.companyName } : null,
    factor: row.factor,
    authenticatorId: row.authenticatorId,
    owner: row.attemptId
      ? { kind: 'attempt', id: row.attemptId }
      : { kind: 'session', id: row.sessionId ?? '' },
  })

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
