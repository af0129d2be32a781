import type { ScimRow } from '../../db/stores/scim/members.ts'
import { Problem } from '../../problem.ts'
import { etagOf } from '../resource/show-user.ts'

/** Whom a change is for, and the version it was made from: If-Match, as it came. */
export type Change = { id: string; version: string | null }

/**
 * Several versions may be named; weak and strong are compared alike, since ours are of the whole (RFC 9110 §13.1.1).
 * @throws Problem `conflict`
 */
export const requireVersion = (named: string | null, row: ScimRow) => {
  if (named === null || named === '*') return
  const ours = etagOf(row).replace('W/', '')
  if (!named.split(',').some((one) => one.trim().replace('W/', '') === ours)) throw new Problem('conflict')
}
