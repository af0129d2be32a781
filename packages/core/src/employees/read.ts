import type { EmployeeView } from '@countersign/contract'
import { findMember } from '../db/stores/employees/read.ts'
import type { Deps } from '../deps.ts'
import type { ActingSession } from '../people/acting.ts'
import { Problem } from '../problem.ts'
import { viewEmployee } from './view.ts'

/** @throws Problem `not-found`, also for people of other companies */
export const readEmployee = async (deps: Deps, session: ActingSession, id: string): Promise<EmployeeView> => {
  const member = await findMember(deps.sql, session.companyId, id)
  if (!member) throw new Problem('not-found')
  return viewEmployee(deps.sql, session, member, deps.clock.now())
}
