import { record } from '../audit/record.ts'
import { hours } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import * as links from '../db/stores/people/links.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { notify } from '../mail/notify.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { addressBucket, canonicalEmail } from '../sign-in/buckets.ts'
import { ofSession, requireFresh } from '../sign-in/session.ts'
import { requireStrong } from './password-rules.ts'

/**
 * Changes the password of a signed-in person; everything else of theirs that is open ends.
 * Somebody with a factor proves it first; somebody without proves the old password, which is asked either way.
 * @throws Problem `step-up-required`, `wrong-credentials`, `too-many-tries`, `password-…`
 */
export const changePassword = async (
  deps: Deps,
  caller: Caller,
  session: sessions.LiveSession,
  typed: { current: string; next: string },
) => {
  const now = deps.clock.now()
  const [factor] = await deps.sql`
    select 1 from authenticators where person_id = ${session.personId} and added_at is not null and removed_at is null limit 1`
  if (factor) requireFresh(deps, session)
  const person = await persons.find(deps.sql, session.personId)
  if (!person) throw new Problem('not-signed-in')
  const wait = await throttles.claimPasswordTry(
    deps.sql,
    `password-change:${person.id}`,
    parameters.passwordTries,
    now,
  )
  if (wait !== null) throw new Problem('too-many-tries', { retryAfter: wait })
  if (!(await deps.passwords.verify(typed.current, person.passwordHash))) {
    await record(deps.sql, now, caller, {
      event: 'password.changed',
      outcome: 'failed',
      ...ofSession(session),
    })
    throw new Problem('wrong-credentials', { fields: { current: 'wrong-credentials' } })
  }
  await throttles.forgive(deps.sql, `password-change:${person.id}`)
  if (typed.current === typed.next) throw new Problem('password-same', { fields: { next: 'password-same' } })
  const memberships = await persons.activeMemberships(deps.sql, person.id)
  requireStrong(
    typed.next,
    person,
    memberships.map((row) => row.companyName),
  )
  const hash = await deps.passwords.hash(typed.next)
  await deps.sql.begin(async (tx) => {
    await replacePassword(tx, deps, caller, person, hash, session.id)
    await record(tx, now, caller, { event: 'password.changed', ...ofSession(session) })
  })
}

/** In the caller's transaction: the new hash, an end to all that rested on the old one, and a notice. */
const replacePassword = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  person: { id: string; name: string; email: string },
  hash: string,
  exceptSession: string | null,
  byMail = false,
) => {
  const now = deps.clock.now()
  await persons.setPassword(db, person.id, hash, now, byMail)
  await attempts.endAll(db, person.id, now)
  await sessions.endAll(db, person.id, now, exceptSession)
  // An address that somebody asked for under the old password is not confirmed under the new one.
  await links.endOpen(db, person.id, ['password-reset', 'email-change'], now)
  await notify(db, deps, caller, person, {
    template: 'password-changed',
    key: `${person.id}:${now.getTime()}`,
    extra: {},
  })
}

const jobBinding = 'jobs|password-reset'
type Asked = { email: string; caller: Caller }

/**
 * Notes that somebody asked for a new password. The answer and its time are the same whether the address is known:
 * the queue looks it up afterwards. Asking too often changes nothing but the number of mails.
 * @throws Problem `too-many-requests` from one address, whomever it asked for
 */
export const askPasswordReset = async (deps: Deps, caller: Caller, typed: string) => {
  const now = deps.clock.now()
  const email = canonicalEmail(typed)
  const { coolDown, perHour, perDay, perAddressHour } = parameters.mails
  const from = `reset-from:${addressBucket(caller.address)}`
  if ((await throttles.hit(deps.sql, from, perAddressHour, hours(1), now)) !== null)
    throw new Problem('too-many-requests', { retryAfter: 3600 })
  const key = deps.keyedHash('throttle', email).toString('base64url')
  const waits = [
    await throttles.hit(deps.sql, `reset-soon:${key}`, 1, coolDown, now),
    await throttles.hit(deps.sql, `reset:${key}`, perHour, hours(1), now),
    await throttles.hit(deps.sql, `reset-day:${key}`, perDay, hours(24), now),
  ]
  if (waits.some((wait) => wait !== null)) return
  const asked = deps.seal.close({ email, caller } satisfies Asked, jobBinding)
  await deps.sql`select jobs.enqueue('password-reset', json_build_object('asked', ${asked}::text))`
}

/** The queue's part: mails a link for a new password to an address that is somebody's. */
export const mailPasswordReset = async (deps: Deps, sealed: string) => {
  const { email, caller } = deps.seal.open(sealed, jobBinding) as Asked
  const now = deps.clock.now()
  const person = await persons.findByEmail(deps.sql, email)
  if (!person) return
  await deps.sql.begin(async (tx) => {
    const memberships = await persons.activeMemberships(tx, person.id)
    if (memberships.length === 0) return
    const { life } = parameters.resetLink
    const token = await links.create(tx, {
      kind: 'password-reset',
      personId: person.id,
      life,
      now,
      newestOnly: true,
    })
    const params = { email: person.email, name: person.name, link: `${deps.origin}/reset-password#${token}` }
    await queueMail(tx, deps, {
      key: `password-reset:${hashToken(token).toString('hex')}`,
      to: person.email,
      template: 'password-reset',
      params,
      personId: person.id,
    })
    const companyIds = memberships.map((row) => row.companyId)
    await record(tx, now, caller, { event: 'password.reset-asked', companyIds, subjectId: person.id })
  })
}

/**
 * Spends a mailed link for a new password. Signs nobody in; the second factor is untouched and still due.
 * @throws Problem `link-over`, `password-…` (the link stays good)
 */
export const resetPassword = async (deps: Deps, caller: Caller, token: string, next: string) => {
  const now = deps.clock.now()
  const link = await links.peek(deps.sql, 'password-reset', token, now)
  const person = link && (await persons.find(deps.sql, link.personId))
  if (!person) throw new Problem('link-over')
  const memberships = await persons.activeMemberships(deps.sql, person.id)
  requireStrong(
    next,
    person,
    memberships.map((row) => row.companyName),
  )
  const hash = await deps.passwords.hash(next)
  await deps.sql.begin(async (tx) => {
    if (!(await links.spend(tx, 'password-reset', token, now))) throw new Problem('link-over')
    await replacePassword(tx, deps, caller, person, hash, null, true)
    const companyIds = memberships.map((row) => row.companyId)
    await record(tx, now, caller, {
      event: 'password.reset',
      companyIds,
      actorId: person.id,
      subjectId: person.id,
    })
  })
}
