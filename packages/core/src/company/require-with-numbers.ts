import { randomUUID } from 'node:crypto'
import * as numbers from '../db/stores/factors/numbers.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { credentialOnFile, isMobile } from '../factors/phone/on-file.ts'
import { queueBatch } from '../mail/queue-batch.ts'
import { Problem } from '../problem.ts'
import { credentialBinding } from '../sign-in/context.ts'
import { bringIntoForce } from './bring-into-force.ts'
import { lookUpNumbers } from './look-up-numbers.ts'
import { lockOpen, mayRequire } from './require.ts'

/**
 * "Yes" at Manage Employees: the same requirement, if every employee has a mobile number on file. Those numbers
 * become the phone factors of whoever has none, so that the next sign-in texts a code with no wizard.
 * @throws Problem those of `mayRequire`, `numbers-missing` naming each, `texts-unavailable`; nothing has changed then
 */
export const requireWithNumbers = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
): Promise<{ enrolled: number }> => {
  const admin = await mayRequire(deps, session)
  await deps.sql.begin((tx) => lockOpen(tx, deps, admin.companyId))
  const people = await lookUpNumbers(deps, admin.companyId)
  refuseMissing(people)
  const factors = people.flatMap((row) => factorOf(deps, row))
  return deps.sql.begin(async (tx) => {
    const company = await lockOpen(tx, deps, admin.companyId)
    // Again under the lock: somebody may have come or changed a number while the provider was asked.
    refuseMissing(await numbers.onFile(tx, company.id))
    const now = deps.clock.now()
    const enrolled = factors.length > 0 ? await numbers.addPhones(tx, factors, now) : 0
    await queueBatch(tx, now, {
      key: `number-enrolled:${company.id}`,
      companyId: company.id,
      template: 'number-enrolled',
      audience: 'number-enrolled',
      params: { company: company.name, origin: deps.origin, by: admin.name },
    })
    const how = { at: now, door: 'numbers' as const, enrolled }
    await bringIntoForce(tx, deps, company, { session: admin, caller }, how)
    return { enrolled }
  })
}

const refuseMissing = (people: numbers.OnFileRow[]) => {
  const missing = people.filter((row) => row.accountType === 'employee' && !isMobile(row.lineType))
  if (missing.length > 0)
    throw new Problem('numbers-missing', {
      people: missing.slice(0, 100).map((row) => ({ id: row.personId, name: row.name })),
      detail: String(missing.length),
    })
}

const factorOf = (deps: Deps, row: numbers.OnFileRow): numbers.NumberFactor[] => {
  const { mobileNumber, lineType, personId, membershipId } = row
  if (row.secured || mobileNumber === null || !isMobile(lineType)) return []
  const id = randomUUID()
  const { credential, name } = credentialOnFile(mobileNumber, lineType)
  const sealed = deps.seal.close(credential, credentialBinding({ authenticatorId: id, personId }))
  return [{ id, membershipId, personId, number: mobileNumber, name, credential: sealed }]
}
