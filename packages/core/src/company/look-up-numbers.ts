import PQueue from 'p-queue'
import { seconds } from '../clock.ts'
import * as numbers from '../db/stores/factors/numbers.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../problem.ts'

/** At the provider at a time, and for how long one request may go on asking. */
const concurrency = 8
const patience = seconds(20)

/**
 * Asks the provider about every number on file whose line is not known yet, and keeps the answers, so that a
 * repeat goes on where this one stopped. @returns everybody with their number's line
 * @throws Problem `texts-unavailable`; `unavailable` when there are more than one request may ask
 */
export const lookUpNumbers = async (deps: Deps, companyId: string): Promise<numbers.OnFileRow[]> => {
  const unknown = (await numbers.onFile(deps.sql, companyId)).filter(
    (row) => row.mobileNumber !== null && row.lineType === null,
  )
  const until = performance.now() + patience
  const queue = new PQueue({ concurrency })
  let failed: Problem | null = null
  const asked = unknown.map((row) =>
    queue.add(async () => {
      if (failed) return
      if (performance.now() > until) failed = new Problem('unavailable', { retryAfter: 1 })
      else if (!(await lookUp(deps, row))) failed = new Problem('texts-unavailable')
    }),
  )
  await Promise.all(asked)
  if (failed) throw failed
  return numbers.onFile(deps.sql, companyId)
}

const lookUp = async (deps: Deps, row: numbers.OnFileRow): Promise<boolean> => {
  const number = row.mobileNumber ?? ''
  const found = await deps.gateways.texts.lineType(number)
  if (!found.ok && found.why !== 'refused') return false
  // A number the provider refuses to know cannot be texted either.
  await numbers.putLineType(deps.sql, row.membershipId, number, found.ok ? found.lineType : 'unsuitable')
  return true
}
