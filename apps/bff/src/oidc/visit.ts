import { AsyncLocalStorage } from 'node:async_hooks'
import { emailShape } from '@countersign/contract/text'
import { type Asked, asksNothing, judgeEntry } from '@countersign/core/applications/judge-entry'
import type { Door, RecordRow } from '@countersign/core/db/stores/applications/oidc/doors'
import type { LiveSession } from '@countersign/core/db/stores/sign-in/sessions'
import type { Caller } from '@countersign/core/deps'
import type { Entry } from '@countersign/core/policy/may-enter'
import { decodeJwt } from 'jose'

/**
 * One request to the provider, with what we know of who makes it. The provider's own sessions and grants are made up
 * from this, so that who is signed in is known in one place only.
 */
export type Visit = {
  caller: Caller
  /** The application's door; null for one that does not exist. */
  door: Door | null
  /** Live, or null. */
  session: LiveSession | null
  /** The code, token or interaction that was shown; null when it is not there or not theirs. */
  record: RecordRow | null
  /** The value that was shown, which the database does not know. */
  shown: string | null
  /** Binds an interaction to this browser. */
  browser: string
  /** What one authorization of this visit gives. */
  grantId: string
  now: Date
}

export const visits = new AsyncLocalStorage<Visit>()

/** @throws Error outside a request, where the provider has nothing to ask for */
export const visit = (): Visit => {
  const current = visits.getStore()
  if (!current) throw new Error('The provider was asked outside a request')
  return current
}

export const doorIsOpen = (door: Door | null): door is Door =>
  door !== null && door.kind === 'oidc' && door.disabledAt === null

const numberIn = (value: unknown): number | null => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isFinite(number) && number >= 0 ? number : null
}

const wordsIn = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ') : [])

/**
 * What an authorization request asks beyond what is registered. A check made since the interaction began is what
 * `prompt=login` and `max_age` asked for, however long the way back took.
 */
const askedIn = (
  params: Record<string, unknown>,
  { provenAt, since }: { provenAt: Date; since: Date | null },
): Asked => {
  const acr = wordsIn(params.acr_values)
  const aal = acr.length > 0 && !acr.includes('aal1') && acr.includes('aal2') ? 2 : 1
  if (since !== null && provenAt >= since) return { ...asksNothing, aal }
  const prompts = wordsIn(params.prompt)
  return {
    aal,
    maxAge: numberIn(params.max_age),
    anew: prompts.includes('login') || prompts.includes('select_account'),
  }
}

/** The address the application expects, to be filled in: nobody is signed in by it (OpenID Connect Core §3.1.2.1). */
export const emailIn = ({ login_hint: hint }: Record<string, unknown>): string | undefined =>
  emailShape.safeParse(hint).data

/**
 * Whether the application asked for somebody else than is signed in: no code is given for another than its hint names
 * (OpenID Connect Core §3.1.2.2). The provider has verified the hint before it asks us, or keeps it.
 */
export const isSomebodyElse = (
  { session }: Pick<Visit, 'session'>,
  params: Record<string, unknown>,
): boolean => {
  const { id_token_hint: hint } = params
  return session !== null && typeof hint === 'string' && decodeJwt(hint).sub !== session.personId
}

/** What becomes of an authorization request; null while nobody is signed in. */
export const judge = (
  { door, session, record, now }: Pick<Visit, 'door' | 'session' | 'record' | 'now'>,
  params: Record<string, unknown>,
): Entry | null => {
  if (!session || !doorIsOpen(door)) return null
  const provenAt = session.factorAt ?? door.sessionCreatedAt ?? new Date(0)
  const asked = askedIn(params, { provenAt, since: record?.createdAt ?? null })
  return judgeEntry(door, session, asked, now)
}
