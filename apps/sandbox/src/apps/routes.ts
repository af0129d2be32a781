import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { sameSite } from '../http/same-site.ts'
import { logoutTokens } from './logout-token.ts'
import { insidePage, outsidePage } from './pages.ts'
import type { RelyingParty } from './relying-party.ts'
import type { AppSessions } from './sessions.ts'
import { begin, finish, fresh, signOutAddress, TooWeak } from './sign-in.ts'

type Trouble = { title: string; text: string }

/** The provider's own words where it has some; a person must be able to act on them. */
const troubleOf = (error: unknown): Trouble => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return {
      title: `Not signed in: ${error.error}`,
      text: error.error_description ?? 'The portal says no more.',
    }
  if (error instanceof TooWeak) return { title: 'Not signed in: too weak', text: error.message }
  const deeper = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  const text = error instanceof Error ? error.message + deeper : String(error)
  if (error instanceof ClientError) return { title: 'Not signed in: the answer was not believed', text }
  return { title: 'The portal cannot be reached', text }
}

/** Cookies of the loopback are shared by all its ports, so they carry the application's name and stay on its path. */
const cookies = ({ name }: RelyingParty, what: 'session' | 'flow') => {
  const key = `demo_${name}_${what}`
  const options = { path: `/apps/${name}`, httpOnly: true, sameSite: 'Lax' } as const
  return {
    read: (c: Context) => getCookie(c, key),
    write: (c: Context, value: string) => setCookie(c, key, value, options),
    clear: (c: Context) => deleteCookie(c, key, options),
  }
}

/** One application: who is in, the way in and out, and the door by which the portal says that somebody left. */
export function appRoutes(party: RelyingParty, { sessions, flows, endAll, spend }: AppSessions) {
  const session = cookies(party, 'session')
  const flow = cookies(party, 'flow')
  const readLogout = logoutTokens(party)
  const outside = (c: Context, trouble: Trouble | null = null) =>
    c.html(outsidePage(party, trouble), trouble ? 400 : 200)

  const logIn = async (c: Context, asked: typeof fresh | null) => {
    try {
      const begun = await begin(party, asked)
      flow.write(c, flows.put(begun.flow))
      return c.redirect(begun.to.href, 303)
    } catch (error) {
      return outside(c, troubleOf(error))
    }
  }

  return new Hono()
    .get('/', (c) => {
      const known = sessions.find(session.read(c))
      return known ? c.html(insidePage(party, known)) : outside(c)
    })
    .post('/log-in', sameSite, (c) => logIn(c, null))
    .post('/log-in/fresh', sameSite, (c) => logIn(c, fresh))
    .get('/callback', async (c) => {
      const begun = flows.take(flow.read(c))
      flow.clear(c)
      if (!begun)
        return outside(c, {
          title: 'Not signed in',
          text: 'This browser did not begin this sign-in, or it is over.',
        })
      try {
        const entered = await finish(party, begun, new URL(c.req.url).search)
        sessions.take(session.read(c))
        session.write(c, sessions.put(entered))
        return c.redirect(party.home(), 303)
      } catch (error) {
        return outside(c, troubleOf(error))
      }
    })
    .post('/sign-out', sameSite, async (c) => {
      const known = sessions.take(session.read(c))
      session.clear(c)
      if (!known) return c.redirect(party.home(), 303)
      return signOutAddress(party, known.idToken).then(
        (to) => c.redirect(to.href, 303),
        (error: unknown) => outside(c, troubleOf(error)),
      )
    })
    .post('/backchannel-logout', async (c) => {
      c.header('cache-control', 'no-store')
      const { logout_token: token } = await c.req.parseBody()
      try {
        const logout = await readLogout(typeof token === 'string' ? token : '')
        if (!spend(logout.jti)) throw new Error('This token was used.')
        endAll(logout)
        return c.body(null, 200)
      } catch (error) {
        return c.json({ error: 'invalid_request', error_description: troubleOf(error).text }, 400)
      }
    })
}
