import { applicationSettingsSchema } from '@countersign/contract'
import * as applications from '@countersign/core/db/stores/applications/applications'
import { type Browser, origin, type Portal } from './portal.ts'

/** Registers an application behind forward authentication, as the operator would. */
export const guard = async (portal: Portal, clientId: string, hosts: string[], more: object = {}) => {
  const settings = applicationSettingsSchema.parse({
    clientId,
    name: clientId,
    kind: 'forward-auth',
    hosts,
    ...more,
  })
  const id = await applications.add(portal.deps.sql, settings, { secretHash: null, now: portal.clock.now() })
  if (!id) throw new Error(`${clientId} is there already`)
  return settings
}

type Asking = { headers?: Record<string, string>; proto?: string; cookie?: string }

/** What a proxy asks about a request for this address. */
export const asks = (portal: Pick<Portal, 'app'>, address: string, asking: Asking = {}) => {
  const url = new URL(address)
  const headers: Record<string, string> = {
    accept: 'text/html',
    'x-forwarded-for': '198.51.100.7',
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': asking.proto ?? 'https',
    'x-forwarded-host': url.host,
    'x-forwarded-uri': `${url.pathname}${url.search}`,
    ...asking.headers,
  }
  if (asking.cookie) headers.cookie = asking.cookie
  return portal.app.request(`${origin}/forward-auth`, { headers })
}

/** The pair of a Set-Cookie line, to be sent back. */
export const pairOf = (answer: Response): string => answer.headers.get('set-cookie')?.split(';')[0] ?? ''

/** A browser at a guarded address that its person is let into: all of the way round. @returns its Cookie header there */
export const passFor = async (portal: Portal, web: Browser, address: string): Promise<string> => {
  const sent = await asks(portal, address)
  const there = new URL(sent.headers.get('location') ?? '')
  const { to, browser } = Object.fromEntries(there.searchParams)
  const entered = await web.post('/api/forward-auth/entries', { to, browser })
  if (entered.body.outcome !== 'go') throw new Error(JSON.stringify(entered.body))
  const back = await asks(portal, entered.body.location, { cookie: pairOf(sent) })
  if (back.headers.get('location') !== to) throw new Error(`${back.status} ${await back.text()}`)
  return pairOf(back)
}
