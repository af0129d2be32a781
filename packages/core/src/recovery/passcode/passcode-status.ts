import { setTimeout as pause } from 'node:timers/promises'
import type { PasscodeView, PersonRecoveryView } from '@countersign/contract'
import * as passcodes from '../../db/stores/recovery/passcodes.ts'
import * as people from '../../db/stores/recovery/people.ts'
import * as phoneChanges from '../../db/stores/recovery/phone-changes.ts'
import type { LiveSession } from '../../db/stores/sign-in/sessions.ts'
import type { Deps } from '../../deps.ts'
import { maskAddress } from '../../mail/mask-address.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { companyOfAdmin } from '../admin.ts'
import { viewPhoneChange } from '../phone-change/view-phone-change.ts'
import { barOf } from './bar.ts'

type Shown = Omit<PasscodeView, 'secondHalf'>

const view = (row: passcodes.PasscodeStatus, now: Date): Shown => {
  const over = row.removedAt !== null || row.lockedAt !== null || row.expiresAt <= now
  const status = row.lastUsedAt ? 'used' : over ? 'over' : row.sentAt ? 'sent' : 'sending'
  return { id: row.id, sentTo: maskAddress(row.email), expiresAt: row.expiresAt.toISOString(), status }
}

/** How a passcode of this company fares. @throws Problem `not-allowed`, `not-found` */
export const readPasscode = async (deps: Deps, session: LiveSession, id: string): Promise<Shown> => {
  const row = await passcodes.findStatus(deps.sql, companyOfAdmin(session).id, id)
  if (!row) throw new Problem('not-found')
  return view(row, deps.clock.now())
}

/** The same, but patient: looks again while the mail server has not answered. */
export const awaitMail = async (deps: Deps, companyId: string, id: string): Promise<Shown> => {
  const patience = deps.mailPatience ?? parameters.mailPatience
  const until = performance.now() + patience
  for (;;) {
    const row = await passcodes.findStatus(deps.sql, companyId, id)
    if (!row) throw new Problem('not-found')
    const shown = view(row, deps.clock.now())
    if (shown.status !== 'sending' || performance.now() >= until) return shown
    await pause(Math.min(100, patience))
  }
}

/** What the bottom of Edit Employee shows. @throws Problem `not-allowed`, `not-found` */
export const viewPersonRecovery = async (
  deps: Deps,
  session: LiveSession,
  personId: string,
): Promise<PersonRecoveryView> => {
  const company = companyOfAdmin(session)
  const person = await people.find(deps.sql, company.id, personId)
  if (!person) throw new Problem('not-found')
  const now = deps.clock.now()
  const [newest, change, own] = await Promise.all([
    passcodes.newestStatus(deps.sql, company.id, personId, now),
    phoneChanges.findWaiting(deps.sql, personId),
    people.hasFactor(deps.sql, session.personId),
  ])
  return {
    sentTo: maskAddress(person.email),
    bar: barOf(session, person) ?? (own ? null : 'needs-own-factor'),
    minutes: person.passcodeMinutes,
    twoPart: person.twoPartPasscodes,
    passcode: newest && view(newest, now),
    phoneChange: change && !person.deactivated ? viewPhoneChange(change) : null,
  }
}
