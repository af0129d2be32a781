import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { deliverMails, secretIn } from '../testing/mails.ts'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import { askPasscode, idOf, sendPasscode } from '../testing/recovering.ts'
import { answerStepUp, letIn, signedIn } from '../testing/signed-in.ts'

/**
 * A Security Admin of Contoso invites an employee of Northwind, who does not answer. Nobody agreed to anything, so
 * Contoso has no more power over her than over a stranger (security invariant 17).
 */
const portal = await testPortal()
const grace = 'grace@northwind.test'
const hers = { country: 'US', national: '4155550177' }
let sam: Browser
let id: string

const invite = (accountType: 'employee' | 'client' = 'employee') =>
  sam.post('/api/employees', {
    name: 'Grace',
    email: grace,
    role: 'employee',
    accountType,
    mobileNumber: accountType === 'employee' ? hers : null,
  })

beforeEach(async () => {
  portal.clock.moveTo(0)
  await portal.play('enrolled')
  sam = await signedIn(portal, 'sam@contoso.test')
  id = await idOf(portal, grace)
})

const withoutFactor = () =>
  portal.owner`update authenticators set removed_at = now(), credential = null where person_id = ${id}`
const chainOf = async (company: string) =>
  (
    await portal.owner<{ event: string }[]>`
      select e.event from audit_events e join companies c on c.id = e.company_id
      where c.name = ${company} and e.subject_id = ${id} order by e.seq`
  ).map(({ event }) => event)

/** Northwind uses Duo, and Duo is all she holds. */
const bindToDuo = async () => {
  await withoutFactor()
  await portal.owner`
    insert into duo_settings (company_id, integration_key, secret, api_host, tested_at, set_up_at)
    select id, 'DIXXXXXXXXXXXXXXXXXX', 'x', 'api-12345678.duosecurity.com', now(), now() from companies
    where name = 'Northwind IT'`
  await portal.owner`
    insert into authenticators (person_id, company_id, factor, name, credential, created_at, added_at)
    select ${id}, id, 'duo', 'Duo', 'x', now(), now() from companies where name = 'Northwind IT'`
}
/** What somebody with nothing but her mailbox gets: a new password, and what the mails hold. */
const takeMailbox = async (web: Browser) => {
  await web.post('/api/links/forgotten-password', { email: grace })
  const mails = await deliverMails(portal)
  const password = 'an entirely other sentence'
  const token = secretIn(mails, grace, 'reset-password')
  expect((await web.post('/api/links/reset-password', { token, next: password })).status).toBe(204)
  return { password, invitation: secretIn(mails, grace, 'invitation') }
}

describe('A-31 a mailbox alone gets round Duo', () => {
  test('by answering an invitation to a second company', async () => {
    await bindToDuo()
    await invite()
    const web = browser(portal)
    const { password, invitation } = await takeMailbox(web)
    const answered = await web.post('/api/links/invitation/accept', { token: invitation })
    expect(answered).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    const begun = await web.post('/api/sign-in', { email: grace, password })
    expect(begun.body.signIn.step).toMatchObject({ kind: 'prove', ways: [{ factor: 'duo' }] })
    expect((await web.post('/api/challenges/mailbox')).body.code).toBe('wrong-step')
    const again = await web.post('/api/links/invitation/accept', { token: invitation })
    expect(again).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
    expect(await chainOf('Contoso Resellers')).toEqual(['employee.invited'])
  })

  test('once she has joined a second company herself, and Duo no longer applies', async () => {
    const own = await signedIn(portal, grace)
    await invite()
    const token = secretIn(await deliverMails(portal), grace, 'invitation')
    expect((await own.post('/api/links/invitation/accept', { token })).status).toBe(200)
    await bindToDuo()
    const web = browser(portal)
    const { password } = await takeMailbox(web)
    const asked = async () => {
      const begun = await web.post('/api/sign-in', { email: grace, password })
      expect(begun.body.signIn.step.kind).toBe('confirm-email')
      return web.post('/api/challenges/mailbox')
    }
    expect((await asked()).body.code).toBe('passcode-held')
    // As after every passcode: a day later the change of the password could be noticed.
    portal.clock.moveTo(25 * 60 * 60 * 1000)
    expect((await asked()).status).toBe(201)
  })
})

describe('A-58 inviting somebody gives power over them', () => {
  test('a number of the inviter’s becomes their phone factor', async () => {
    await withoutFactor()
    await invite()
    await portal.owner`update memberships set line_type = 'mobile' where mobile_number is not null`
    expect((await sam.post('/api/company/requirement/numbers')).status).toBe(200)
    const held = await portal.owner`
      select factor from authenticators where person_id = ${id} and removed_at is null and added_at is not null`
    expect(held).toEqual([])
    const begun = await browser(portal).post('/api/sign-in', { email: grace, password: demoPassword })
    expect(begun.body.signIn.step.kind).toBe('enrol')
  })

  test('nor does one that another company of theirs knows nothing of', async () => {
    id = await idOf(portal, 'wes@both.test')
    await withoutFactor()
    await portal.owner`
      update memberships m set mobile_number = '+447700900177', line_type = 'mobile' from companies c
      where c.id = m.company_id and c.name = 'Contoso Resellers' and m.person_id = ${id}`
    await portal.owner`update memberships set line_type = 'mobile' where mobile_number is not null`
    expect((await sam.post('/api/company/requirement/numbers')).body).toEqual({ enrolled: 0 })
  })

  test('their sessions and sign-ins elsewhere end with the inviter’s settings', async () => {
    await withoutFactor()
    const other = browser(portal)
    await other.post('/api/sign-in', { email: grace, password: demoPassword })
    const web = await letIn(portal, grace)
    await invite()
    const required = await sam.post('/api/company/requirement', { companyName: 'Contoso Resellers' })
    expect(required.status).toBe(204)
    expect((await sam.post(`/api/employees/${id}/deactivate`)).status).toBe(200)
    expect((await web.get('/api/session')).status).toBe(200)
    expect((await other.get('/api/sign-in')).status).toBe(200)
  })

  test('their sessions end with a reset of the inviter’s Duo', async () => {
    const web = await signedIn(portal, grace)
    await portal.owner`update sessions set amr = '{pwd,duo}' where person_id = ${id}`
    await invite()
    await portal.owner`
      insert into duo_settings (company_id, integration_key, secret, api_host, tested_at, set_up_at)
      select id, 'DIXXXXXXXXXXXXXXXXXX', 'x', 'api-12345678.duosecurity.com', now(), now() from companies
      where name = 'Contoso Resellers'`
    expect((await sam.post('/api/duo/reset')).status).toBe(200)
    expect((await web.get('/api/session')).status).toBe(200)
  })

  test('a new phone number that waits is seen, approved and declined by the inviter', async () => {
    const thief = browser(portal)
    await thief.post('/api/sign-in', { email: grace, password: demoPassword })
    const begun = await thief.post('/api/recovery/phone-change')
    const verify = `/api/challenges/${begun.body.id}/verify`
    await thief.post(verify, { phone: '+14155550122', country: 'US' })
    const asked = await thief.post(verify, { code: portal.phones.codeFor('+14155550122') })
    expect(asked.body.outcome).toBe('phone-change')
    await invite()
    expect((await sam.get('/api/recovery/phone-changes')).body.changes).toEqual([])
    expect((await sam.get(`/api/recovery/people/${id}`)).body.phoneChange).toBeNull()
    const [waiting] = await portal.owner`select id from phone_changes where person_id = ${id}`
    for (const deed of ['approve', 'decline'])
      expect((await sam.post(`/api/recovery/phone-changes/${waiting?.id}/${deed}`)).status).toBe(404)
    expect(
      await portal.owner`select 1 from phone_changes where done_at is null and cancelled_at is null`,
    ).toHaveLength(1)
  })

  test('as a client account of the inviter they can be sent no passcode by their own admin', async () => {
    expect((await invite('client')).status).toBe(201)
    await sendPasscode(portal, await signedIn(portal, 'ada@northwind.test'), grace)
    expect((await askPasscode(browser(portal), grace)).challenge.status).toBe(201)
  })

  test('the inviter asks them for three words, as if they were colleagues', async () => {
    await invite()
    const web = await signedIn(portal, grace)
    expect((await sam.post(`/api/recovery/people/${id}/caller-check`)).status).toBe(409)
    expect((await web.get('/api/recovery/caller-check')).body.check).toBeNull()
  })

  test('the inviter’s audit and numbers tell what they do elsewhere', async () => {
    const before = (await sam.get('/api/company')).body
    await invite()
    expect((await sam.get('/api/company')).body.secured).toBe(before.secured)
    await sendPasscode(portal, await signedIn(portal, 'ada@northwind.test'), grace)
    expect(await chainOf('Northwind IT')).toContain('passcode.sent')
    expect(await chainOf('Contoso Resellers')).toEqual(['employee.invited'])
  })

  test('the inviter’s audit tells of their step-ups before they have chosen a company', async () => {
    const wes = 'wes@both.test'
    const web = await signedIn(portal, wes)
    await portal.owner`
      with made as (insert into companies (name, created_at) values ('Inviter', now()) returning id)
      insert into memberships (company_id, person_id, invited_at, created_at)
      select made.id, p.id, now(), now() from made, persons p where p.email = ${wes}`
    id = await idOf(portal, wes)
    await answerStepUp(portal, wes, web)
    expect(await chainOf('Northwind IT')).toContain('step-up')
    expect(await chainOf('Inviter')).toEqual([])
  })
})
