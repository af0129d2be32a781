import type { Amr } from '@countersign/contract'
import type { Door } from '../db/stores/applications/oidc/doors.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { KeyedHash } from '../keys/tokens.ts'

/**
 * What an application is told of a person, and of nothing but the company they act in. An address counts as verified
 * when its owner answered from it: an administrator may write whatever address, also somebody's elsewhere.
 */
export const claimsOf = (session: LiveSession, { emailProven }: Pick<Door, 'emailProven'>) => ({
  sub: session.personId,
  name: session.name,
  email: session.email,
  email_verified: emailProven,
  company: session.companyName,
  company_id: session.companyId,
  role: session.role,
  account_type: session.accountType,
})

/** Ours in words of RFC 8176: our app signs with a key in software, and what has no word there is only `mfa`. */
const registered: Record<Amr, string[]> = {
  pwd: ['pwd'],
  otp: ['otp'],
  sms: ['sms'],
  tel: ['tel'],
  hwk: ['hwk'],
  user: ['user'],
  push: ['swk', 'user'],
  duo: [],
  recovery: [],
  mfa: ['mfa'],
}

/** How the person proved who they are; a session of one factor never says more than one (`aal1`). */
export const assuranceOf = ({ aal, amr }: Pick<LiveSession, 'aal' | 'amr'>) => {
  const words = amr.flatMap((one) => registered[one])
  return { acr: `aal${aal}`, amr: [...new Set(aal === 2 ? [...words, 'mfa'] : words)].sort() }
}

/** A name for a session that one application knows and no other can guess or match. */
export const sidOf = (keyedHash: KeyedHash, sessionId: string, clientId: string): string =>
  keyedHash('sid', `${sessionId} ${clientId}`).toString('base64url')
