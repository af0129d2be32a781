import type { VerifyResult } from '@countersign/contract'
import type { OpenChallenge } from '../db/stores/sign-in/challenges.ts'
import type { Verdict } from '../factors/factor.ts'

/** The answer, and the new token for the cookie where a session began or was raised. */
export type Verified = {
  result: VerifyResult
  token: string | null
  /** Of a browser that is trusted from now on, on the network it is in. */
  trust?: string | null
  /** Whose sign-in was finished: the browser is known as theirs from now on. */
  finishedBy?: string
}

export type Accepted = Extract<Verdict<unknown, unknown>, { kind: 'accepted' }>

/** The columns every audit row of a challenge shares. */
export const whose = (challenge: OpenChallenge) => ({
  companyIds: challenge.companyIds,
  actorId: challenge.personId,
  subjectId: challenge.personId,
  factor: challenge.factor,
  attemptId: challenge.attemptId,
  sessionId: challenge.sessionId,
})
