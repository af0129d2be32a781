import { appFactor } from '@countersign/contract'
import { demoPassword } from '@countersign/core/demo/people'
import { generateSync } from 'otplib'
import { type Browser, browser, type Portal } from './portal.ts'

export const grace = { email: 'grace@northwind.test', password: demoPassword, phone: '+14155550102' }
export const ada = { email: 'ada@northwind.test', password: demoPassword, phone: '+14155550101' }
export const wes = { email: 'wes@both.test', password: demoPassword, phone: '+447700900106' }

export type Person = { email: string; password: string; phone: string }

/** What an authenticator app shows for a key at the portal's time, or some steps beside it. */
export const appCode = (portal: Portal, secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(portal.clock.now().getTime() / 1000) + steps * 30 })

/** E-mail address and password: a browser with a sign-in under way, or signed in. */
export const began = async (portal: Portal, person: Person, address?: string) => {
  const web = browser(portal, address)
  const answer = await web.post('/api/sign-in', { email: person.email, password: person.password })
  return { web, answer, step: answer.body.signIn?.step }
}

/** Begins to enrol in this browser; `key` is the app's, where it is one. */
export const beginEnrolment = async (web: Browser, factor: string) => {
  const asked = await web.post('/api/challenges/enrolments', { factor })
  const key: string = asked.body?.prompt?.key?.replaceAll(' ', '') ?? ''
  return { asked, key, verify: `/api/challenges/${asked.body?.id}/verify` }
}

/** Enrols an app in this browser, saves the codes where they are offered, and is signed in. */
export const enrolApp = async (portal: Portal, web: Browser) => {
  const { key, verify } = await beginEnrolment(web, appFactor)
  const done = await web.post(verify, { code: appCode(portal, key) })
  const codes: string[] = done.body.next?.prompt.codes ?? []
  if (done.body.next) await web.post(`/api/challenges/${done.body.next.id}/verify`, { saved: true })
  return { key, codes, done }
}

/** Somebody with an app, recovery codes and a signed-in browser, a step later so that a code is free. */
export const enrolled = async (portal: Portal, person: Person) => {
  const { web } = await began(portal, person)
  const app = await enrolApp(portal, web)
  later(portal, 60)
  return { web, ...app }
}

/** Moves the portal's clock on. */
export const later = (portal: Portal, seconds: number) => {
  const offset = portal.clock.now().getTime() - Date.now()
  portal.clock.moveTo(offset + seconds * 1000)
}

/** Password given, challenge open: what a code is due for. */
export const challenged = async (
  portal: Portal,
  person: Person,
  factor: string = appFactor,
  address?: string,
) => {
  const { web, step } = await began(portal, person, address)
  const way = step.ways.find((one: { factor: string }) => one.factor === factor)
  const opened = await web.post('/api/challenges', { authenticatorId: way.authenticatorId })
  return {
    web,
    opened,
    way,
    id: opened.body.id as string,
    verify: `/api/challenges/${opened.body.id}/verify`,
  }
}

/** The whole way in with an app. */
export const signIn = async (portal: Portal, person: Person, key: string) => {
  const { web, verify } = await challenged(portal, person)
  const done = await web.post(verify, { code: appCode(portal, key) })
  return { web, done }
}

/** Raises a session by its app; the code is of a step that was not used yet. */
export const stepUp = async (portal: Portal, web: Browser, key: string) => {
  later(portal, 30)
  const security = await web.get('/api/account/security')
  const app = security.body.authenticators.find((one: { factor: string }) => one.factor === appFactor)
  const opened = await web.post('/api/challenges', { authenticatorId: app.id })
  return web.post(`/api/challenges/${opened.body.id}/verify`, { code: appCode(portal, key) })
}

/** Live sessions of a person, as the database has them. */
export const liveSessions = async (portal: Portal, person: Person): Promise<number> => {
  const [row] = await portal.owner<{ count: number }[]>`
    select count(*)::int as count from sessions s join persons p on p.id = s.person_id
    where p.email = ${person.email} and s.ended_at is null and s.expires_at > ${portal.clock.now()}`
  return row?.count ?? 0
}

/** Events in a person's audit, oldest first. */
export const eventsOf = async (portal: Portal, person: Person) =>
  portal.owner<{ event: string; outcome: string; detail: Record<string, unknown> }[]>`
    select event, outcome, detail from audit_events a join persons p on p.id = a.subject_id
    where p.email = ${person.email} order by a.at, a.seq`

/** Rows whose hash, number or predecessor is not what the chain says. */
export const brokenLinks = async (portal: Portal) =>
  portal.owner`
    select e.company_id, e.seq from audit_events e
    left join audit_events before on before.company_id = e.company_id and before.seq = e.seq - 1
    where e.prev_hash <> coalesce(before.hash, sha256(''))
      or e.hash <> sha256(e.prev_hash || convert_to(concat_ws(E'\\x1f',
        e.company_id, e.seq, e.id, (extract(epoch from e.at) * 1000)::bigint, e.event, e.outcome,
        coalesce(e.actor_id::text, ''), coalesce(e.subject_id::text, ''), coalesce(e.factor, ''),
        coalesce(e.attempt_id::text, ''), coalesce(e.session_id::text, ''), coalesce(e.address, ''),
        coalesce(e.user_agent, ''), coalesce(e.request_id, ''), e.detail::text), 'UTF8'))`
