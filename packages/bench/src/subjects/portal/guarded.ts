import { randomUUID } from 'node:crypto'
import { connect } from '@countersign/core/db/connect'
import type { Ready } from '../../run/client.ts'
import { type Amounts, type Prepared, type Subject, userAgent } from '../subject.ts'
import { portal } from './portal.ts'

const host = 'wiki.example'
/** As many others, so that finding the right one is work. */
const others = 200

/** What a proxy asks for a person who has a pass; its value is that of their session, in a table of its own. */
const asking = (read: Ready): Ready => ({
  method: 'GET',
  path: '/forward-auth',
  headers: {
    'user-agent': userAgent,
    accept: 'text/html',
    'x-forwarded-for': '198.51.100.7',
    'x-forwarded-method': 'GET',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': host,
    'x-forwarded-uri': '/page?x=1',
    cookie: (read.headers.cookie ?? '').replace('__Host-sid', '__Host-countersign-pass'),
  },
})

/** The portal, asked by a proxy about each request of an application. */
export const guarded = (name = 'Countersign, forward authentication'): Subject => {
  const subject = portal(100, name, 'portal_guarded')
  const prepare = async (ownerUrl: string, amounts: Amounts): Promise<Prepared> => {
    const prepared = await subject.prepare(ownerUrl, amounts)
    const sql = connect(ownerUrl, { max: 1 })
    const applications = Array.from({ length: others + 1 }, (_, at) => ({
      id: randomUUID(),
      clientId: `application-${at}`,
      name: `Application ${at}`,
      kind: 'forward-auth',
      hosts: [at === 0 ? host : `host-${at}.example`],
      accountTypes: ['employee', 'client'],
      roles: ['employee', 'admin', 'security_admin'],
      minimumAal: 2,
      createdAt: new Date(),
    }))
    await sql`insert into applications ${sql(applications)}`
    await sql`
      insert into passes (session_id, domain, host, token_hash, created_at, ticket_expires_at)
      select id, ${host}, ${host}, token_hash, now(), now() from sessions`
    await sql.end()
    return { ...prepared, read: prepared.read.map(asking) }
  }
  return { ...subject, prepare }
}
