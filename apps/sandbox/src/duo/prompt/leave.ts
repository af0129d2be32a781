import type { Duo } from '../duo.ts'
import type { Passed, Visit } from '../visits.ts'

/** The application's own address, whatever query it has, with the answer added. */
function back(visit: Visit, answer: Record<string, string>, state = visit.state): string {
  const url = new URL(visit.redirectUri)
  for (const [name, value] of Object.entries({ ...answer, state })) url.searchParams.set(name, value)
  return url.href
}

/** Where somebody goes who got through. */
export function letIn(duo: Duo, visit: Visit, passed: Passed): string {
  const swapped = duo.directory.policy().mischief === 'swapped-state'
  const state = swapped ? [...visit.state].reverse().join('') : visit.state
  return back(visit, { [visit.codeParameter]: duo.visits.grant(visit, passed) }, state)
}

const reasons = {
  denied: 'The login request was denied.',
  fraud: 'The login request was reported as fraudulent.',
  cancelled: 'The person left the prompt.',
}

/** Where somebody goes who did not: back with an error (RFC 6749 §4.1.2.1). */
export function turnAway(duo: Duo, visit: Visit, why: keyof typeof reasons): string {
  duo.visits.end(visit)
  return back(visit, { error: 'access_denied', error_description: reasons[why] })
}
