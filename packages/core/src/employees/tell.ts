import type { Role } from '@countersign/contract'
import type { Db } from '../db/connect.ts'
import type { MemberRow } from '../db/stores/employees/read.ts'
import type { Caller, Deps } from '../deps.ts'
import { notify } from '../mail/notify.ts'
import type { Actor } from '../people/acting.ts'

const personOf = ({ personId, name, email }: MemberRow) => ({ id: personId, name, email })

/** A notice of one change: the version that was edited names it, so that a retry does not tell twice. */
const keyOf = ({ membershipId, version }: MemberRow) => `${membershipId}:${version}`

export const tellRole = (db: Db, deps: Deps, caller: Caller, actor: Actor, member: MemberRow, role: Role) =>
  notify(db, deps, caller, personOf(member), {
    template: 'role-changed',
    key: keyOf(member),
    extra: { company: actor.companyName, role },
  })

/** Two digits are enough to know it by; the rest stays out of mails. */
export const tellNumber = (
  db: Db,
  deps: Deps,
  caller: Caller,
  actor: Actor,
  member: MemberRow,
  number: string | null,
) =>
  notify(db, deps, caller, personOf(member), {
    template: 'number-on-file-changed',
    key: keyOf(member),
    extra: { company: actor.companyName, number: number?.slice(-2) ?? null },
  })
