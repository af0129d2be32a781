import type { PromptResponse } from '@countersign/contract'
import { hours } from '../../clock.ts'
import * as throttles from '../../db/stores/sign-in/throttles.ts'
import type { Deps } from '../../deps.ts'
import { parameters } from '../../policy/parameters.ts'

/**
 * Every number typed is looked up at a price, and counts as no guess: so it is counted here (attack A-54).
 * @returns seconds to wait when the budget is spent, else null
 */
export const lookupBudget = async (
  deps: Deps,
  personId: string,
  response: PromptResponse,
): Promise<number | null> => {
  if (response.phone === undefined) return null
  const { perHour } = parameters.lookups
  return throttles.hit(deps.sql, `lookups:${personId}`, perHour, hours(1), deps.clock.now())
}
