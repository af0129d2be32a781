import { hours, minutes } from '@countersign/core/clock'
import { reseal } from '@countersign/core/operator/reseal'
import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, testPortal } from '../testing/portal.ts'
import { type Heard, receiver, said } from '../testing/receiver.ts'
import { letIn, signedIn } from '../testing/signed-in.ts'

const inbox = await receiver()
const portal = await testPortal({ webhooks: { sandbox: inbox.origin } })
const ada = 'ada@northwind.test'
const grace = 'grace@northwind.test'
const sam = 'sam@contoso.test'

beforeEach(async () => {
  inbox.heard.length = 0
  inbox.manners.clear()
  await portal.play('enrolled')
})

const add = async (admin: Browser, path = '/siem', topics = ['sign-in']) => {
  const answer = await admin.post('/api/webhooks', { url: `${inbox.origin}${path}`, topics })
  expect(answer.status).toBe(201)
  return answer.body as { id: string; secret: string }
}
/** Lets the queue do all there is, including what a piece of work brings about. */
const work = async () => {
  await portal.queue.prepare()
  await portal.queue.prepare()
}
const verified = (secret: string, one: Heard) =>
  new Webhook(secret).verify(one.body, one.headers as Record<string, string>) as ReturnType<typeof said>
const types = () => inbox.heard.map((one) => said(one).type)

describe('a webhook', () => {
  test('hears of a sign-in, signed so that a library of others verifies it', async () => {
    const { secret } = await add(await signedIn(portal, ada))
    await signedIn(portal, grace)
    await work()
    expect(types().sort()).toEqual(['sign-in.finished', 'sign-in.password'])
    const finished = inbox.heard.find((one) => said(one).type === 'sign-in.finished') as Heard
    expect(verified(secret, finished).data).toMatchObject({
      outcome: 'ok',
      company: { name: 'Northwind IT' },
      actor: { email: grace, name: expect.any(String) },
      address: '198.51.100.7',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(() => verified(`whsec_${Buffer.alloc(32).toString('base64')}`, finished)).toThrow()
    expect(() => verified(secret, { ...finished, body: finished.body.replace('ok', 'no') })).toThrow()
    expect(new Set(inbox.heard.map((one) => one.headers['webhook-id'])).size).toBe(2)
  })

  test('hears of its topics only', async () => {
    const admin = await signedIn(portal, ada)
    await add(admin, '/people', ['employee'])
    await add(admin, '/rules', ['enforcement', 'administration'])
    await admin.post('/api/networks', { name: 'Head office', cidr: '198.51.100.0/24' })
    await admin.post('/api/employees', {
      name: 'New One',
      email: 'new@northwind.test',
      role: 'employee',
      accountType: 'employee',
      mobileNumber: null,
    })
    await work()
    expect(inbox.at('/people').map((one) => said(one).type)).toEqual(['employee.invited'])
    expect(inbox.at('/rules').map((one) => said(one).type)).toEqual(
      expect.arrayContaining(['webhook.added', 'network.added']),
    )
  })

  test('hears nothing of what was before it, and nothing of other companies', async () => {
    await signedIn(portal, grace)
    const { id } = await add(await signedIn(portal, ada))
    await signedIn(portal, sam)
    await work()
    expect(inbox.heard).toEqual([])
    expect(await portal.owner`select 1 from webhook_deliveries where webhook_id = ${id}`).toHaveLength(0)
  })

  test('hears nothing of an act that was rolled back', async () => {
    const admin = await signedIn(portal, ada)
    await add(admin, '/siem', ['administration'])
    await work()
    inbox.heard.length = 0
    const [company] = await portal.owner`select id from companies where name = 'Northwind IT'`
    await expect(
      portal.deps.sql.begin(async (tx) => {
        await tx`insert into audit_events (company_id, at, event, outcome, detail)
          values (${company?.id}, now(), 'audit.exported', 'ok', '{}')`
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await work()
    expect(inbox.heard).toEqual([])
  })

  test('a test goes out whatever was asked for, and to this one only', async () => {
    const admin = await signedIn(portal, ada)
    const { id, secret } = await add(admin)
    await add(admin, '/other')
    expect((await admin.post(`/api/webhooks/${id}/test`)).status).toBe(204)
    await work()
    const [test] = inbox.at('/siem').filter((one) => said(one).type === 'webhook.tested')
    expect(verified(secret, test as Heard).data.detail).toMatchObject({ webhook: id })
    expect(inbox.at('/other').map((one) => said(one).type)).not.toContain('webhook.tested')
  })

  test('a rotation signs with both secrets for a day, then with the new one only', async () => {
    const admin = await signedIn(portal, ada)
    const first = await add(admin)
    const second = (await admin.post(`/api/webhooks/${first.id}/secret`)).body
    await signedIn(portal, grace)
    await work()
    const [both] = inbox.heard as [Heard]
    expect(verified(first.secret, both).type).toBe(verified(second.secret, both).type)
    inbox.heard.length = 0
    portal.clock.moveTo(hours(25))
    await signedIn(portal, grace)
    await work()
    const signatures = inbox.heard.map((one) => String(one.headers['webhook-signature']).split(' '))
    expect(signatures.length).toBeGreaterThan(0)
    for (const one of signatures) expect(one).toHaveLength(1)
  })

  test('survives sealing anew', async () => {
    const admin = await signedIn(portal, ada)
    await add(admin)
    expect(await reseal(portal.deps)).toMatchObject({ webhooks: 0 })
  })
})

describe('managing them', () => {
  test('shows the secret once; lists, pages and replays', async () => {
    const admin = await signedIn(portal, ada)
    const { id, secret } = await add(admin)
    await signedIn(portal, grace)
    await work()
    const [shown] = (await admin.get('/api/webhooks')).body
    expect(shown).toMatchObject({ id, topics: ['sign-in'], waiting: 0, failed: 0, disabledAt: null })
    expect(JSON.stringify(shown)).not.toContain(secret.slice(6))
    const page = (await admin.get(`/api/webhooks/${id}/deliveries`)).body
    expect(page.rows[0]).toMatchObject({
      event: 'sign-in.finished',
      state: 'delivered',
      tries: 1,
      status: 204,
    })
    const before = inbox.heard.find((one) => said(one).type === 'sign-in.finished') as Heard
    inbox.heard.length = 0
    const replay = await admin.post(`/api/webhooks/${id}/deliveries/${page.rows[0].seq}/replay`)
    expect(replay.status).toBe(204)
    await work()
    const [again] = inbox.heard as [Heard]
    expect(again.body).toBe(before.body)
    expect(again.headers['webhook-id']).toBe(before.headers['webhook-id'])
  })

  test('a disabled one hears no more, and cannot be used again', async () => {
    const admin = await signedIn(portal, ada)
    const { id } = await add(admin)
    expect((await admin.delete(`/api/webhooks/${id}`)).status).toBe(204)
    await signedIn(portal, grace)
    await work()
    expect(inbox.heard).toEqual([])
    for (const act of ['secret', 'test', 'deliveries/1/replay'])
      expect((await admin.post(`/api/webhooks/${id}/${act}`)).status).toBe(404)
    expect((await admin.delete(`/api/webhooks/${id}`)).status).toBe(404)
    const [head] = await portal.owner`
      select listened from audit_heads h join companies c on c.id = h.company_id where c.name = 'Northwind IT'`
    expect(head?.listened).toBe(false)
  })

  describe('one whose address was gone', () => {
    const leave = async (admin: Browser, path: string) => {
      inbox.manners.set(path, (response) => response.writeHead(410).end())
      const { id } = await add(admin, path)
      await admin.post(`/api/webhooks/${id}/test`)
      await work()
      inbox.manners.clear()
      inbox.heard.length = 0
      return id
    }

    test('is switched on again: it hears what comes, not what was', async () => {
      const admin = await signedIn(portal, ada)
      const id = await leave(admin, '/back')
      await signedIn(portal, grace)
      expect((await admin.post(`/api/webhooks/${id}/enable`)).status).toBe(204)
      await admin.post(`/api/webhooks/${id}/test`)
      await work()
      expect(inbox.at('/back').map((one) => said(one).type)).toEqual(['webhook.tested'])
      const [shown] = (await admin.get('/api/webhooks')).body
      expect(shown).toMatchObject({ id, disabledAt: null, goneAt: null })
      const [event] = await portal.owner`
        select actor_id, detail from audit_events where event = 'webhook.switched-on'`
      expect(event).toMatchObject({ actorId: expect.any(String), detail: { webhook: id } })
      expect((await admin.post(`/api/webhooks/${id}/enable`)).status).toBe(404)
    })

    test('comes back only with a fresh factor, in its own company, and while there is room', async () => {
      const admin = await signedIn(portal, ada)
      const id = await leave(admin, '/back')
      expect((await (await signedIn(portal, sam)).post(`/api/webhooks/${id}/enable`)).status).toBe(404)
      portal.clock.moveTo(minutes(6))
      expect((await admin.post(`/api/webhooks/${id}/enable`)).body.code).toBe('step-up-required')
      portal.clock.moveTo(0)
      for (let n = 0; n < 5; n += 1) await add(admin, `/${n}`)
      expect((await admin.post(`/api/webhooks/${id}/enable`)).body.code).toBe('too-many')
    })

    test('is not what an admin disabled: that stays', async () => {
      const admin = await signedIn(portal, ada)
      const { id } = await add(admin)
      await admin.delete(`/api/webhooks/${id}`)
      expect((await admin.post(`/api/webhooks/${id}/enable`)).status).toBe(404)
    })
  })

  test('every act is in the audit', async () => {
    const admin = await signedIn(portal, ada)
    const { id } = await add(admin)
    await admin.post(`/api/webhooks/${id}/secret`)
    await admin.post(`/api/webhooks/${id}/test`)
    await work()
    await admin.post(
      `/api/webhooks/${id}/deliveries/${(await admin.get(`/api/webhooks/${id}/deliveries`)).body.rows[0].seq}/replay`,
    )
    await admin.delete(`/api/webhooks/${id}`)
    const rows = await portal.owner`
      select event from audit_events where event like 'webhook.%' order by seq`
    expect(rows.map((row) => row.event)).toEqual([
      'webhook.added',
      'webhook.secret-rotated',
      'webhook.tested',
      'webhook.replayed',
      'webhook.disabled',
    ])
  })

  test('asks for the factor before adding, rotating and disabling, and for the role before anything', async () => {
    const admin = await signedIn(portal, ada)
    const { id } = await add(admin)
    portal.clock.moveTo(minutes(6))
    const wanted = { url: 'https://siem.example.com/', topics: ['sign-in'] }
    for (const answer of [
      await admin.post('/api/webhooks', wanted),
      await admin.post(`/api/webhooks/${id}/secret`),
      await admin.delete(`/api/webhooks/${id}`),
    ])
      expect(answer.body.code).toBe('step-up-required')
    portal.clock.moveTo(0)
    const barbara = await signedIn(portal, 'barbara@northwind.test')
    expect((await barbara.get('/api/webhooks')).body.code).toBe('not-allowed')
    expect((await barbara.post('/api/webhooks', wanted)).body.code).toBe('not-allowed')
    await portal.play('fresh')
    const unproven = await letIn(portal, ada)
    expect((await unproven.post('/api/webhooks', wanted)).body.code).toBe('step-up-required')
  })

  test('A-58 another company’s webhook is not there', async () => {
    const { id } = await add(await signedIn(portal, ada), '/siem', ['sign-in', 'administration'])
    await work()
    const stranger = await signedIn(portal, sam)
    expect((await stranger.get('/api/webhooks')).body).toEqual([])
    const answers = [
      await stranger.get(`/api/webhooks/${id}/deliveries`),
      await stranger.post(`/api/webhooks/${id}/secret`),
      await stranger.post(`/api/webhooks/${id}/test`),
      await stranger.post(`/api/webhooks/${id}/deliveries/1/replay`),
      await stranger.delete(`/api/webhooks/${id}`),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404])
  })

  test('five at most, also when seven come at once', async () => {
    const admin = await signedIn(portal, ada)
    const url = (n: number) => ({ url: `https://siem.example.com/${n}`, topics: ['sign-in'] })
    const answers = await Promise.all(
      Array.from({ length: 7 }, (_, n) => admin.post('/api/webhooks', url(n))),
    )
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5)
    expect(answers.filter((answer) => answer.body.code === 'too-many')).toHaveLength(2)
  })
})
