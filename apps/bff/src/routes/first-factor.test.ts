import { minutes } from '@countersign/core/clock'
import { demoPassword } from '@countersign/core/demo/people'
import { mailBinding } from '@countersign/core/mail/queue-mail'
import { generateSync } from 'otplib'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'

const portal = await testPortal()
const grace = 'grace@northwind.test'

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('fresh')
  await portal.owner`update companies set required_at = now() where name = 'Northwind IT'`
})

const begin = async (email = grace) => {
  const web = browser(portal)
  await web.post('/api/sign-in', { email, password: demoPassword })
  return web
}
const mailedCode = async (email = grace): Promise<string> => {
  const [mail] = await portal.owner`
    select id, params from mails where template = 'mailbox-code' and recipient = ${email} order by created_at desc limit 1`
  return (portal.deps.seal.open(mail?.params, mailBinding(mail?.id)) as { code: string }).code
}
const verify = (web: Browser, id: string, response: object) =>
  web.post(`/api/challenges/${id}/verify`, response)
const held = () => portal.owner`select factor from authenticators where added_at is not null`

describe('the first factor where a company requires one', () => {
  test('A-30 enrol before the owner: an app of whoever knows the password waits for a code from the mailbox', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    expect(asked.body.prompt).toMatchObject({
      kind: 'enter-code',
      length: 8,
      destination: { masked: 'g••••@northwind.test' },
      sends: [{ channel: 'email', label: 'Email' }],
    })
    expect(JSON.stringify(asked.body)).not.toContain(await mailedCode())
    for (let guess = 0; guess < 5; guess++)
      expect((await verify(web, asked.body.id, { code: '00000000' })).status).toBe(422)
    expect((await verify(web, asked.body.id, { code: await mailedCode() })).body.code).toBe('too-many-tries')
    expect(await held()).toHaveLength(0)
    expect((await web.get('/api/session')).status).toBe(401)
  })

  test('A-30 the number that one of several companies has on file is not enough for the others', async () => {
    const wes = 'wes@both.test'
    const asksMailbox = async (phone: string) => {
      const web = await begin(wes)
      const { body } = await web.post('/api/challenges/enrolments', { factor: 'phone' })
      const next = await verify(web, body.id, { phone, country: 'GB' })
      return next.body.challenge.factor === 'mailbox'
    }
    expect(await asksMailbox('+447700900106')).toBe(false)
    await portal.owner`
      update memberships m set mobile_number = '+447700900177', line_type = 'mobile' from companies c, persons p
      where c.id = m.company_id and c.name = 'Contoso Resellers' and p.id = m.person_id and p.email = ${wes}`
    expect(await asksMailbox('+447700900177')).toBe(true)
  })

  test('after the mailed code the enrolment goes on, and the address is told', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    const next = await verify(web, asked.body.id, { code: await mailedCode() })
    expect(next.body).toMatchObject({
      outcome: 'next',
      challenge: { factor: 'totp', prompt: { kind: 'scan-qr' } },
    })
    const { id, prompt } = next.body.challenge
    const secret = prompt.key.replace(/\s/g, '')
    const enrolled = await verify(web, id, { code: generateSync({ secret }) })
    expect(enrolled.body).toMatchObject({ outcome: 'enrolled', next: { prompt: { kind: 'save-codes' } } })
    expect((await verify(web, enrolled.body.next.id, { saved: true })).body).toEqual({ outcome: 'signed-in' })
    const told = await portal.owner`select recipient from mails where template = 'factor-added'`
    expect(told).toMatchObject([{ recipient: grace }])
    const proven = await portal.owner`select 1 from audit_events where event = 'mailbox.proven'`
    expect(proven).toHaveLength(1)
    // The proof leaves no authenticator behind.
    expect(await held()).toMatchObject([{ factor: 'totp' }, { factor: 'recovery-codes' }])
  })

  test('the code works once, for ten minutes, and the same one is sent again', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    const first = await mailedCode()
    const soon = await web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'email' })
    expect(soon.body.code).toBe('cooling-down')
    portal.clock.moveTo(minutes(2))
    const again = await web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'email' })
    expect(again.body.prompt.sameCode).toBe(true)
    expect(await mailedCode()).toBe(first)
    const both = await Promise.all([1, 2].map(() => verify(web, asked.body.id, { code: first })))
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)

    const late = await begin()
    portal.clock.moveTo(minutes(2.5))
    const other = await late.post('/api/challenges/enrolments', { factor: 'totp' })
    const code = await mailedCode()
    portal.clock.moveTo(minutes(12.6))
    expect((await verify(late, other.body.id, { code })).status).toBe(410)
  })

  test('whoever changes their mind is not mailed again: the code leads to what was chosen last', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'totp' })
    const phone = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    const other = await verify(web, phone.body.id, { phone: '+14155550144' })
    expect(other.body.challenge.id).toBe(asked.body.id)
    expect(await portal.owner`select 1 from mails where template = 'mailbox-code'`).toHaveLength(1)
    const next = await verify(web, asked.body.id, { code: await mailedCode() })
    expect(next.body.challenge).toMatchObject({ factor: 'phone', prompt: { kind: 'enter-code' } })
  })

  test('the number on file enrols with no mail', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    const sent = await verify(web, asked.body.id, { phone: '(415) 555-0102', country: 'US' })
    expect(sent.body.challenge).toMatchObject({ factor: 'phone', prompt: { kind: 'enter-code', length: 6 } })
    const done = await verify(web, asked.body.id, { code: portal.phones.codeFor('+14155550102') })
    expect(done.body.outcome).toBe('enrolled')
    expect(await portal.owner`select 1 from mails where template = 'mailbox-code'`).toHaveLength(0)
  })

  test('another number is not texted before the mailbox was proven, and need not be typed again', async () => {
    const web = await begin()
    const asked = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    const first = await verify(web, asked.body.id, { phone: '+14155550143' })
    expect(first.body.challenge).toMatchObject({ factor: 'mailbox' })
    expect(portal.phones.codeFor('+14155550143')).toBe('')
    // Nor by going back to the question about the number.
    const resent = await web.post(`/api/challenges/${asked.body.id}/resend`, { channel: 'sms' })
    expect(resent.status).toBeGreaterThanOrEqual(400)
    const next = await verify(web, first.body.challenge.id, { code: await mailedCode() })
    expect(next.body.challenge.prompt.destination.masked).toBe('+1 ••• ••• ••43')
    const { id } = next.body.challenge
    const code = portal.phones.codeFor('+14155550143')
    expect((await verify(web, id, { code })).body.outcome).toBe('enrolled')
  })

  test('somebody with no number on file proves the mailbox for a phone too', async () => {
    const web = await begin('linus@northwind.test')
    const asked = await web.post('/api/challenges/enrolments', { factor: 'phone' })
    const first = await verify(web, asked.body.id, { phone: '+14155550142' })
    expect(first.body.challenge.factor).toBe('mailbox')
    const code = await mailedCode('linus@northwind.test')
    const next = await verify(web, first.body.challenge.id, { code })
    expect(next.body.challenge.prompt.destination.masked).toBe('+1 ••• ••• ••42')
  })

  test('the proof is asked for by nobody else: not offered, not enrolled by name, not where nothing is required', async () => {
    const web = await begin()
    const { step } = (await web.get('/api/sign-in')).body
    expect(step.offers.map((offer: { factor: string }) => offer.factor)).not.toContain('mailbox')
    expect((await web.post('/api/challenges/enrolments', { factor: 'mailbox' })).body.code).toBe(
      'not-allowed',
    )
    const sam = await begin('sam@contoso.test')
    const asked = await sam.post('/api/challenges/enrolments', { factor: 'totp' })
    expect(asked.body.factor).toBe('totp')
  })

  test('a sign-in that began from an invitation needs no code', async () => {
    const web = await begin()
    await portal.owner`update sign_in_attempts set email_proven_at = now() where ended_at is null`
    expect((await web.post('/api/challenges/enrolments', { factor: 'totp' })).body.factor).toBe('totp')
  })

  test('five mails an hour are the most', async () => {
    const web = await begin()
    for (let round = 0; round < 5; round++) {
      portal.clock.moveTo(minutes(round * 6))
      const fresh = round === 0 ? web : await begin()
      expect((await fresh.post('/api/challenges/enrolments', { factor: 'totp' })).status).toBe(201)
    }
    portal.clock.moveTo(minutes(36))
    const more = await (await begin()).post('/api/challenges/enrolments', { factor: 'totp' })
    expect(more).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  })
})
