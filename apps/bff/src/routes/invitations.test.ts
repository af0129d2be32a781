import { asHtml, asText } from '@countersign/core/mail/layout'
import { mailBinding } from '@countersign/core/mail/queue-mail'
import { letterOf } from '@countersign/core/mail/templates/index'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))

const password = 'seven tame otters sing'
const nora = {
  name: 'Nora Berg',
  email: 'nora@example.test',
  role: 'employee',
  accountType: 'employee',
  mobileNumber: null,
}

/** The newest invitation to an address, as it will be mailed. */
const mailTo = async (email: string) => {
  const [mail] = await portal.owner<{ id: string; params: string }[]>`
    select id, params from mails where recipient = ${email} and template = 'invitation' order by created_at desc limit 1`
  if (!mail) throw new Error(`No invitation to ${email}`)
  const params = portal.deps.seal.open(mail.params, mailBinding(mail.id)) as Parameters<
    typeof letterOf<'invitation'>
  >[1]
  const letter = letterOf('invitation', params)
  return { letter, text: asText(letter), html: asHtml(letter), token: params.link.split('#')[1] ?? '' }
}
const accept = (web: Browser, token: string, next?: string) =>
  web.post('/api/links/invitation/accept', { token, ...(next !== undefined && { next }) })

describe('an invitation', () => {
  test('lets somebody new set a password, join, and go on signing in with the mailbox proven', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const added = await ada.post('/api/employees', { ...nora, role: 'admin' })
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'Nora Berg', status: { kind: 'not-enrolled' } },
    })
    expect(added.body.invitedUntil).not.toBeNull()
    const { token } = await mailTo(nora.email)
    const web = browser(portal)
    expect((await web.post('/api/links/invitation', { token })).body).toEqual({
      company: 'Northwind IT',
      name: 'Nora Berg',
      email: nora.email,
      needs: 'password',
    })
    expect((await accept(web, token, 'short')).body.code).toBe('password-too-short')
    expect((await accept(web, token, password)).body).toEqual({ signingIn: true })
    expect((await web.get('/api/sign-in')).body).toMatchObject({
      person: { email: nora.email },
      step: { kind: 'enrol' },
    })
    expect((await web.get('/api/session')).status).toBe(401)
    const [attempt] =
      await portal.owner`select email_proven_at from sign_in_attempts order by created_at desc limit 1`
    expect(attempt?.emailProvenAt).not.toBeNull()
    expect((await accept(browser(portal), token, password)).body.code).toBe('link-over')
  })

  test('answers the same for somebody who has an account, shows nothing of it, and just joins', async () => {
    const sam = await signedIn(portal, 'sam@contoso.test')
    const known = await sam.post('/api/employees', {
      ...nora,
      name: 'Typed Name',
      email: 'grace@northwind.test',
    })
    const unknown = await sam.post('/api/employees', { ...nora, name: 'Typed Name' })
    const shape = ({ body }: typeof known) => ({ ...body, id: '', email: '', invitedUntil: '' })
    expect(known.status).toBe(201)
    expect(shape(known)).toEqual(shape(unknown))
    const { token } = await mailTo('grace@northwind.test')
    const grace = await signedIn(portal, 'grace@northwind.test')
    expect((await grace.post('/api/links/invitation', { token })).body.needs).toBe('session')
    expect((await accept(grace, token)).body).toEqual({ signingIn: false })
    const [row] = (await sam.get('/api/employees?search=grace')).body.employees
    expect(row).toMatchObject({ name: 'Grace Lindqvist', status: { kind: 'secured' }, invitedUntil: null })
    expect((await grace.get('/api/session/companies')).body).toHaveLength(2)
  })

  test('expires after 72 hours, exactly', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await ada.post('/api/employees', nora)
    const { token } = await mailTo(nora.email)
    const web = browser(portal)
    const life = 72 * 60 * 60 * 1000
    portal.clock.moveTo(life - 5_000)
    expect((await web.post('/api/links/invitation', { token })).status).toBe(200)
    portal.clock.moveTo(life + 1_000)
    expect((await accept(web, token, password)).body.code).toBe('link-over')
    portal.clock.moveTo(0)
  })

  test('resent, the older link ends; twice within a minute is too soon', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { id } = (await ada.post('/api/employees', nora)).body
    const old = await mailTo(nora.email)
    expect((await ada.post(`/api/employees/${id}/invitation`)).status).toBe(202)
    expect((await ada.post(`/api/employees/${id}/invitation`)).body.code).toBe('cooling-down')
    expect((await accept(browser(portal), old.token, password)).body.code).toBe('link-over')
    expect((await accept(browser(portal), (await mailTo(nora.email)).token, password)).status).toBe(200)
    expect((await ada.post(`/api/employees/${id}/invitation`)).body.code).toBe('wrong-step')
  })

  test('dies when the company withdraws it', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    const { id } = (await ada.post('/api/employees', nora)).body
    const { token } = await mailTo(nora.email)
    await ada.post(`/api/employees/${id}/deactivate`)
    expect((await accept(browser(portal), token, password)).body.code).toBe('link-over')
  })

  test('to another address is another invitation, and no account is touched', async () => {
    const sam = await signedIn(portal, 'sam@contoso.test')
    const { id, version } = (await sam.post('/api/employees', { ...nora, email: 'grace@northwind.test' }))
      .body
    const first = await mailTo('grace@northwind.test')
    const edited = await sam.patch(`/api/employees/${id}`, { version, email: 'mine@evil.test' })
    expect(edited).toMatchObject({ status: 200, body: { email: 'mine@evil.test', name: 'Nora Berg' } })
    expect(edited.body.id).not.toBe(id)
    expect((await accept(browser(portal), first.token)).body.code).toBe('link-over')
    const [grace] = await portal.owner`select email, name from persons where id = ${id}`
    expect(grace).toEqual({ email: 'grace@northwind.test', name: 'Grace Lindqvist' })
    await signedIn(portal, 'grace@northwind.test')
  })

  test('answered many times at once joins once', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await ada.post('/api/employees', nora)
    const { token } = await mailTo(nora.email)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => accept(browser(portal), token, password)),
    )
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1)
    const joined = await portal.owner`select 1 from audit_events where event = 'employee.joined'`
    expect(joined).toHaveLength(1)
  })

  test('carries a hostile name harmlessly', async () => {
    const name = '<img src=x onerror=alert(1)> "O\'Neil" & Co {{7*7}}'
    const ada = await signedIn(portal, 'ada@northwind.test')
    expect((await ada.post('/api/employees', { ...nora, name })).status).toBe(201)
    const { letter, html, text } = await mailTo(nora.email)
    expect(letter.subject).toBe('You are invited to join Northwind IT')
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).toContain(name)
  })

  test('A-29 Host-header poisoning of mailed links: the link is of the configured address', async () => {
    const ada = await signedIn(portal, 'ada@northwind.test')
    await ada.post('/api/employees', nora, { 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' })
    const { letter } = await mailTo(nora.email)
    expect(letter.link?.url).toMatch(/^https:\/\/portal\.test\/invitation#/)
  })
})

describe('reminders', () => {
  test('go to who has no factor, once a day', async () => {
    await portal.owner`delete from authenticators where person_id in (select id from persons where email = 'grace@northwind.test')`
    const ada = await signedIn(portal, 'ada@northwind.test')
    const ids = (await ada.get('/api/employees')).body.employees.map((one: { id: string }) => one.id)
    expect((await ada.post('/api/employees/reminders', { ids })).body).toEqual({ sent: 1, skipped: 7 })
    await ada.post('/api/employees/reminders', { ids })
    const mails = await portal.owner`select recipient from mails where template = 'enrol-reminder'`
    expect(mails.map((one) => one.recipient)).toEqual(['grace@northwind.test'])
  })
})
