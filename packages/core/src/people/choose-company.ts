import type { CompanyChoice } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'

/** The companies a person may act in, by name, with the one the session is in. */
export const listCompanies = async (deps: Deps, session: sessions.LiveSession): Promise<CompanyChoice[]> => {
  const rows = await persons.activeMemberships(deps.sql, session.personId)
  return rows
    .map((row) => ({
      id: row.companyId,
      name: row.companyName,
      role: row.role,
      accountType: row.accountType,
      current: row.companyId === session.companyId,
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/**
 * Enters a company, at first or by switching. The membership is part of the statement, so a company somebody was
 * put out of a moment ago cannot be entered; the token is rotated since what it opens has changed (ASVS 7.2.4).
 * @returns the session's new token
 * @throws Problem `not-found` for a company that is not the person's
 */
export const chooseCompany = async (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
  companyId: string,
): Promise<string> => {
  const token = newToken()
  const now = deps.clock.now()
  await deps.sql.begin(async (tx) => {
    if (!(await sessions.enterCompany(tx, session, companyId, hashToken(token))))
      throw new Problem('not-found')
    await record(tx, now, caller, {
      event: 'company.entered',
      companyIds: [companyId],
      actorId: session.personId,
      subjectId: session.personId,
      sessionId: session.id,
      detail: { switched: session.companyId !== null },
    })
  })
  return token
}
