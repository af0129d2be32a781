import { parameters } from './parameters.ts'

/** Whether a session's second-factor check is recent enough for sensitive acts (security invariant 14). */
export const isFresh = (session: { aal: 1 | 2; factorAt: Date | null }, now: Date): boolean =>
  session.aal === 2 &&
  session.factorAt !== null &&
  now.getTime() - session.factorAt.getTime() <= parameters.stepUp.life
