import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { serve } from '@hono/node-server'
import { verify } from '@node-rs/argon2'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import postgres from 'postgres'
import { codeAt, stepNow } from '../../run/codes.ts'

/**
 * The floor: the least correct work anybody can get away with. A session is read in one indexed SELECT; a code is
 * verified in two round trips, the first of which counts the try; keys lie open in the database; nothing is
 * sealed, audited, mailed or throttled beyond the try's counter.
 */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: Number(process.env.DATABASE_POOL) })
const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'Strict' } as const
const hashOf = (token: string | undefined) =>
  createHash('sha256')
    .update(token ?? '')
    .digest()
const newToken = () => randomBytes(32).toString('base64url')
const isCode = (typed: unknown): typed is string => typeof typed === 'string' && /^\d{6}$/.test(typed)

const matchingStep = (key: Buffer, typed: string): number | undefined => {
  const now = stepNow()
  return [now, now - 1, now + 1].find((step) =>
    timingSafeEqual(Buffer.from(codeAt(key, step)), Buffer.from(typed)),
  )
}

const app = new Hono()
app.get('/healthz', (c) => c.text('ok'))

app.get('/session', async (c) => {
  const [session] = await sql`
    select p.id, p.name, p.email, s.expires_at from sessions s join people p on p.id = s.person_id
    where s.token_hash = ${hashOf(getCookie(c, 'sid'))} and s.expires_at > now()`
  return session ? c.json(session) : c.json({ error: 'not signed in' }, 401)
})

app.post('/verify', async (c) => {
  const { code } = await c.req.json<{ code: unknown }>()
  const [attempt] = isCode(code)
    ? await sql<{ id: string; personId: string; key: Buffer }[]>`
        update attempts a set tries = tries + 1 from people p
        where a.token_hash = ${hashOf(getCookie(c, 'pre'))} and a.spent_at is null and a.tries < 5
          and a.expires_at > now() and p.id = a.person_id
        returning a.id, a.person_id as "personId", p.key`
    : []
  const step = attempt && matchingStep(attempt.key, String(code))
  if (!attempt || step === undefined) return c.json({ error: 'wrong code' }, 401)
  const token = newToken()
  const opened = await sql`
    with used as (update people set last_step = ${step} where id = ${attempt.personId} and last_step < ${step} returning id),
    spent as (update attempts a set spent_at = now() from used where a.id = ${attempt.id} and a.spent_at is null returning a.person_id)
    insert into sessions (token_hash, person_id, expires_at)
    select ${hashOf(token)}, person_id, now() + interval '12 hours' from spent returning person_id`
  if (opened.length === 0) return c.json({ error: 'wrong code' }, 401)
  setCookie(c, 'sid', token, cookie)
  return c.json({ ok: true })
})

app.post('/sign-in', async (c) => {
  const { email, password } = await c.req.json<{ email: string; password: string }>()
  const [person] = await sql<{ id: string; hash: string }[]>`
    select id, password_hash as hash from people where email = ${email}`
  if (!person || !(await verify(person.hash, password))) return c.json({ error: 'wrong' }, 401)
  const token = newToken()
  await sql`insert into attempts (token_hash, person_id, expires_at)
    values (${hashOf(token)}, ${person.id}, now() + interval '10 minutes')`
  setCookie(c, 'pre', token, cookie)
  return c.json({ ok: true })
})

serve({ fetch: app.fetch, port: Number(process.env.PORT) })
