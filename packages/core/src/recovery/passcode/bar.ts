import type { PasscodeBar } from '@countersign/contract'
import type { LookedAfter } from '../../db/stores/recovery/people.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'

/** Why this person cannot be sent one; the same rule for the screen and for the act. */
export const barOf = (session: LiveSession, person: LookedAfter): PasscodeBar | null => {
  if (person.client) return 'client-account'
  if (person.id === session.personId) return 'not-yourself'
  return person.deactivated ? 'deactivated' : null
}
