import { days, hours, minutes, seconds } from '@countersign/core/clock'
import { claim } from '@countersign/core/db/stores/webhooks/sends'
import { tick } from '@countersign/core/jobs/tasks'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../testing/portal.ts'
import { receiver, said } from '../testing/receiver.ts'
import { signedIn } from '../testing/signed-in.ts'

const inbox = await receiver()
const patience = 300
const portal = await testPortal({ webhooks: { sandbox: inbox.origin, patience } })
const ada = 'ada@northwind.test'

let admin: Browser
beforeEach(async () => {
  inbox.heard.length = 0
  inbox.manners.clear()
  await portal.play('enrolled')
  admin = await signedIn(portal, ada)
})

const add = async (path: string): Promise<string> =>
  (await admin.post('/api/webhooks', { url: `${inbox.origin}${path}`, topics: ['enforcement'] })).body.id
const happen = (id: string) => admin.post(`/api/webhooks/${id}/test`)
const work = async () => {
  await portal.queue.prepare()
  await portal.queue.prepare()
}
const last = async (id: string) => (await admin.get(`/api/webhooks/${id}/deliveries`)).body.rows[0]
/** Moves the clock on and lets time do its work. */
const later = async (ms: number) => {
  portal.clock.moveTo(ms)
  await tick(portal.deps)
  await work()
}

describe('A-74 a receiver that', () => {
  test('hangs is left after its time, holds nothing up and is tried again', async () => {
    const hanging = await add('/hang')
    const fine = await add('/fine')
    inbox.manners.set('/hang', () => {})
    await Promise.all([happen(hanging), happen(fine)])
    const begun = performance.now()
    await work()
    expect(performance.now() - begun).toBeLessThan(patience * 10)
    expect(await last(hanging)).toMatchObject({ state: 'waiting', status: null, error: 'timeout', tries: 1 })
    expect(await last(fine)).toMatchObject({ state: 'delivered', tries: 1 })
    // It rests: what happens meanwhile is not even tried.
    await happen(hanging)
    await work()
    expect(inbox.at('/hang')).toHaveLength(1)
    inbox.manners.clear()
    await later(minutes(1))
    expect(inbox.at('/hang')).toHaveLength(3)
    expect(await last(hanging)).toMatchObject({ state: 'delivered' })
  })

  test('begins to answer and never ends is done with at its status', async () => {
    const id = await add('/drip')
    inbox.manners.set('/drip', (response) => response.writeHead(200).write('.'))
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'delivered', status: 200 })
  })

  test('answers 100 MB is not listened to', async () => {
    const id = await add('/flood')
    let taken = 0
    inbox.manners.set('/flood', (response) => {
      response.writeHead(200)
      const lot = Buffer.alloc(64 * 1024)
      const pour = () => {
        while (taken < 100e6 && !response.destroyed && response.write(lot)) taken += lot.length
      }
      response.on('drain', pour).on('error', () => {})
      pour()
    })
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'delivered', status: 200 })
    // What fits into sockets' buffers may have left; the rest was never asked for.
    expect(taken).toBeLessThan(16e6)
  })

  test('fails is tried again for a day, further and further apart, then given up', async () => {
    const id = await add('/broken')
    inbox.manners.set('/broken', (response) => response.writeHead(500).end())
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'waiting', status: 500, tries: 1 })
    for (let at = minutes(1); at < hours(30); at += minutes(40)) {
      portal.clock.moveTo(at)
      await tick(portal.deps)
      await portal.queue.prepare()
    }
    portal.clock.moveTo(0)
    const row = await last(id)
    expect(row).toMatchObject({ state: 'failed', status: 500, nextAt: null })
    expect(row.tries).toBeGreaterThanOrEqual(8)
    expect(inbox.at('/broken')).toHaveLength(row.tries)
    // A replay begins the day anew.
    inbox.manners.clear()
    await admin.post(`/api/webhooks/${id}/deliveries/${row.seq}/replay`)
    await work()
    const rows = (await admin.get(`/api/webhooks/${id}/deliveries`)).body.rows
    expect(rows.find((one: { seq: number }) => one.seq === row.seq)).toMatchObject({
      state: 'delivered',
      tries: 1,
    })
  })

  test('redirects inward is not followed', async () => {
    const id = await add('/inward')
    inbox.manners.set('/inward', (response) =>
      response.writeHead(307, { location: `${inbox.origin}/metadata` }).end(),
    )
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'waiting', status: 307 })
    expect(inbox.at('/metadata')).toHaveLength(0)
  })

  test('answers 410 wants no more: it is switched off, what waits is not sent, and the audit says why', async () => {
    const id = await add('/gone')
    const other = await add('/other')
    inbox.manners.set('/gone', (response) => response.writeHead(410).end())
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'failed', status: 410, nextAt: null })
    expect((await admin.post(`/api/webhooks/${id}/test`)).status).toBe(404)
    await happen(other)
    await later(minutes(4))
    expect(inbox.at('/gone')).toHaveLength(1)
    expect(inbox.at('/other')).toHaveLength(1)
    const shown = (await admin.get('/api/webhooks')).body.find((one: { id: string }) => one.id === id)
    expect(shown).toMatchObject({ waiting: 0, disabledAt: shown.goneAt, goneAt: expect.any(String) })
    const events = await portal.owner`
      select actor_id, address, detail from audit_events where event = 'webhook.switched-off'`
    expect(events).toEqual([
      { actorId: null, address: '', detail: { webhook: id, url: `${inbox.origin}/gone`, answer: 410 } },
    ])
  })

  test('answers 410 to several at once is switched off once', async () => {
    const id = await add('/gone')
    inbox.manners.set('/gone', (response) => response.writeHead(410).end())
    for (let n = 0; n < 6; n += 1) await happen(id)
    await work()
    const events = await portal.owner`select 1 from audit_events where event = 'webhook.switched-off'`
    expect(events).toHaveLength(1)
    const { rows } = (await admin.get(`/api/webhooks/${id}/deliveries`)).body
    expect(rows.map((row: { state: string }) => row.state)).toEqual(Array(6).fill('failed'))
  })

  test('hangs up in the middle is tried again', async () => {
    const id = await add('/rude')
    inbox.manners.set('/rude', (response) => response.destroy())
    await happen(id)
    await work()
    expect(await last(id)).toMatchObject({ state: 'waiting', error: 'connection' })
  })
})

describe('a process that dies', () => {
  test('between the act and the send loses nothing: the job lies in the database', async () => {
    const id = await add('/siem')
    await happen(id)
    expect(inbox.heard).toHaveLength(0)
    await work()
    expect(inbox.heard.map((one) => said(one).type)).toEqual(['webhook.tested'])
  })

  test('in the middle of a send loses nothing: another sends it when the lease is over', async () => {
    const id = await add('/siem')
    await happen(id)
    await portal.queue.prepare()
    inbox.heard.length = 0
    await happen(id)
    // What it did until it died: its jobs are gone with it, the delivery is claimed and never settled.
    const [head] = await portal.owner`select max(seq)::int as seq, company_id from audit_events
      where event = 'webhook.tested' group by company_id`
    await portal.queue.forget()
    await portal.owner`
      insert into webhook_deliveries (company_id, webhook_id, seq, event, owed_at, next_at)
      values (${head?.companyId}, ${id}, ${head?.seq}, 'webhook.tested', now(), now() - interval '1 second')`
    await portal.owner`update webhooks set cursor = ${head?.seq}`
    const now = portal.deps.clock.now()
    expect(await claim(portal.deps.sql, id, now, new Date(now.getTime() + minutes(1)), 4)).toHaveLength(1)
    await later(seconds(30))
    expect(inbox.heard).toHaveLength(0)
    await later(seconds(61))
    expect(inbox.heard).toHaveLength(1)
    expect(await last(id)).toMatchObject({ state: 'delivered', tries: 2 })
  })

  test('before it looked at new events loses none: the cursor stands where it stood', async () => {
    const id = await add('/siem')
    await happen(id)
    await portal.queue.forget()
    await work()
    expect(inbox.heard).toHaveLength(0)
    await later(minutes(1))
    expect(inbox.heard.map((one) => said(one).type)).toEqual(['webhook.tested'])
  })

  test('two at once send each event once', async () => {
    const id = await add('/siem')
    for (let n = 0; n < 20; n += 1) await happen(id)
    await Promise.all([portal.queue.prepare(), portal.queue.prepare()])
    await work()
    expect(inbox.heard).toHaveLength(20)
    expect(new Set(inbox.heard.map((one) => one.headers['webhook-id'])).size).toBe(20)
  })

  test('what was sent is forgotten after a month', async () => {
    const id = await add('/siem')
    await happen(id)
    await work()
    const { cleanUp } = await import('@countersign/core/jobs/clean-up')
    portal.clock.moveTo(days(31))
    await cleanUp(portal.deps)
    expect(await portal.owner`select 1 from webhook_deliveries where webhook_id = ${id}`).toHaveLength(0)
  })
})
