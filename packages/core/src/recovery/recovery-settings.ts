import type { ReadinessView, RecoverySettings } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as readiness from '../db/stores/recovery/readiness.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { Problem } from '../problem.ts'
import { companyOfAdmin, requireProvenAdmin } from './admin.ts'

/** @throws Problem `not-allowed` */
export const readRecoverySettings = async (deps: Deps, session: LiveSession): Promise<RecoverySettings> => {
  const { id } = companyOfAdmin(session)
  const [row] = await deps.sql<RecoverySettings[]>`
    select passcode_minutes, phone_change_hours, two_part_passcodes from companies where id = ${id}`
  if (!row) throw new Problem('not-found')
  return row
}

/** New numbers hold for what is asked for from now on. @throws Problem `not-allowed`, `step-up-required` */
export const changeRecoverySettings = async (
  deps: Deps,
  caller: Caller,
  session: LiveSession,
  next: RecoverySettings,
) => {
  const { companyId: id } = await requireProvenAdmin(deps, session)
  await deps.sql.begin(async (tx) => {
    await tx`
      update companies set passcode_minutes = ${next.passcodeMinutes}, phone_change_hours = ${next.phoneChangeHours},
        two_part_passcodes = ${next.twoPartPasscodes} where id = ${id}`
    await record(tx, deps.clock.now(), caller, {
      event: 'recovery.settings-changed',
      companyIds: [id],
      actorId: session.personId,
      sessionId: session.id,
      detail: { ...next },
    })
  })
}

/** Who could lose a phone today and still work tomorrow. @throws Problem `not-allowed` */
export const readReadiness = async (deps: Deps, session: LiveSession): Promise<ReadinessView> => {
  const { id } = companyOfAdmin(session)
  return readiness.ofCompany(deps.sql, id)
}
