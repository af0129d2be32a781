import type { PhoneChangeView } from '@countersign/contract'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Deps } from '../../deps.ts'
import { companyOfAdmin } from '../admin.ts'
import { viewPhoneChange } from './view-phone-change.ts'

/** New numbers that wait, of this company's people. @throws Problem `not-allowed` */
export const listPhoneChanges = async (deps: Deps, session: LiveSession): Promise<PhoneChangeView[]> => {
  const rows = await phoneChanges.listWaiting(deps.sql, companyOfAdmin(session).id)
  return rows.map(viewPhoneChange)
}

/** The person's own, so that whoever is signed in sees it and can object. */
export const readOwnPhoneChange = async (
  deps: Deps,
  session: LiveSession,
): Promise<PhoneChangeView | null> => {
  const row = await phoneChanges.findWaiting(deps.sql, session.personId)
  return row && viewPhoneChange(row)
}
