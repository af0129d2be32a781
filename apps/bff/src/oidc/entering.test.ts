import { demoPassword } from '@countersign/core/demo/people'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, testPortal } from '../testing/portal.ts'
import {
  authorize,
  backup,
  claimsIn,
  enter,
  exchange,
  newVerifier,
  paramsOf,
  partnerPortal,
  type RelyingParty,
} from '../testing/relying-party.ts'
import { answerApp, answerStepUp, letIn, signedIn } from '../testing/signed-in.ts'
import { later } from '../testing/steps.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))
const grace = 'grace@northwind.test'
const carol = 'carol@client.test'

const apiOf = (waiting: string) => waiting.replace('/enter/', '/api/applications/interactions/')
const resume = async (web: Browser, waiting: string) =>
  (await web.get(waiting.replace('/enter/', '/oidc/auth/'))).headers.get('location') ?? ''
const refusals = () =>
  portal.owner`select detail from audit_events where event = 'application.refused' order by seq`

/** The session as it is where a trusted network spared the question. */
const oneFactor = () =>
  portal.owner`update sessions set aal = 1, factor_at = null, authenticator_id = null, amr = '{pwd}'`

/** Exchanges what the way back brought, and reads the claims. */
const claimsAt = async (back: string, party: RelyingParty, code_verifier: string) => {
  const { body } = await exchange(portal, party, { code: paramsOf(back).code ?? '', code_verifier })
  return claimsIn(portal, body.id_token, party)
}

describe('who may not enter', () => {
  test('a client at the Partner Portal: the reason, whom to ask, one line in the audit, no code', async () => {
    const web = await signedIn(portal, carol)
    await enter(portal, web, backup)
    const waiting = await authorize(web, partnerPortal, newVerifier())
    expect(waiting).toMatch(/^\/enter\//)
    for (let reload = 0; reload < 3; reload++)
      expect((await web.post(apiOf(waiting))).body).toMatchObject({
        outcome: 'refused',
        application: { name: 'Partner Portal' },
        reason: {
          rule: 'other-account-type',
          accountTypes: ['employee'],
          ask: 'support',
          company: 'Northwind IT',
        },
      })
    expect(await refusals()).toEqual([
      { detail: { application: 'Partner Portal', rule: 'other-account-type' } },
    ])
    expect(await resume(web, waiting)).toMatch(/^\/enter\//)
  })

  test('somebody who signs in for it hears so after the sign-in', async () => {
    const web = browser(portal)
    const waiting = await authorize(web, partnerPortal, newVerifier())
    await signedIn(portal, carol, web)
    expect((await web.post(apiOf(waiting))).body.outcome).toBe('go')
    const refused = await resume(web, waiting)
    expect((await web.post(apiOf(refused))).body.outcome).toBe('refused')
    expect(await refusals()).toHaveLength(1)
  })

  test('where nobody may be asked, the application hears it instead', async () => {
    const web = await signedIn(portal, carol)
    const params = paramsOf(await authorize(web, partnerPortal, newVerifier(), { prompt: 'none' }))
    expect(params).toMatchObject({ error: 'access_denied', state: 'state-1' })
    expect(await refusals()).toHaveLength(1)
  })
})

describe('prompt=none', () => {
  const none = { prompt: 'none' }

  test('nobody signed in: login_required', async () => {
    const params = paramsOf(await authorize(browser(portal), backup, newVerifier(), none))
    expect(params.error).toBe('login_required')
  })

  test('somebody signed in: straight through', async () => {
    const web = await signedIn(portal, grace)
    expect(paramsOf(await authorize(web, backup, newVerifier(), none)).code).toBeTruthy()
  })

  test('O-5 a hint at somebody else is not answered with whoever is here', async () => {
    const web = await signedIn(portal, grace)
    const { tokens } = await enter(portal, web, backup)
    const hint = { ...none, id_token_hint: tokens.body.id_token }
    expect(paramsOf(await authorize(web, backup, newVerifier(), hint)).code).toBeTruthy()
    const other = await signedIn(portal, carol)
    expect(paramsOf(await authorize(other, backup, newVerifier(), hint)).error).toBe('login_required')
  })

  test('a second factor is missing: interaction_required; too long ago: login_required', async () => {
    const web = await signedIn(portal, grace)
    later(portal, 120)
    const old = await authorize(web, backup, newVerifier(), { ...none, max_age: '60' })
    expect(paramsOf(old).error).toBe('login_required')
    await oneFactor()
    const weak = await authorize(web, backup, newVerifier(), { ...none, acr_values: 'aal2' })
    expect(paramsOf(weak).error).toBe('interaction_required')
  })
})

test('O-5 whom a hint names is who comes back, and nobody else, also where somebody can be asked', async () => {
  const { tokens } = await enter(portal, await signedIn(portal, carol), backup)
  const web = await signedIn(portal, grace)
  const verifier = newVerifier()
  const hint = { id_token_hint: tokens.body.id_token }
  const waiting = await authorize(web, backup, verifier, hint)
  expect((await web.post(apiOf(waiting))).body).toEqual({ outcome: 'sign-in-again' })
  // Proving once more who they are makes them nobody else.
  later(portal, 60)
  await answerStepUp(portal, grace, web)
  const again = await resume(web, waiting)
  expect((await web.post(apiOf(again))).body).toEqual({ outcome: 'sign-in-again' })
  await signedIn(portal, carol, web)
  expect((await web.post(apiOf(again))).body.outcome).toBe('go')
  const claims = await claimsAt(await resume(web, again), backup, verifier)
  expect(claims.email).toBe(carol)
})

describe('how strong', () => {
  test('O-6 one factor never claims two, whatever network spared the other', async () => {
    const web = await signedIn(portal, grace)
    await oneFactor()
    const { tokens } = await enter(portal, web, backup)
    const claims = await claimsIn(portal, tokens.body.id_token, backup)
    expect(claims).toMatchObject({ acr: 'aal1', amr: ['pwd'] })
  })

  test.each([
    ['the request asks', { acr_values: 'aal2' }, 1],
    ['the application asks', {}, 2],
  ])('%s for a factor: a step-up in place, then on', async (_what, more, minimum) => {
    await portal.owner`update applications set minimum_aal = ${minimum} where client_id = 'backup'`
    const web = await signedIn(portal, grace)
    await oneFactor()
    const verifier = newVerifier()
    const waiting = await authorize(web, backup, verifier, more)
    expect((await web.post(apiOf(waiting))).body.code).toBe('step-up-required')
    expect(await resume(web, waiting)).toMatch(/^\/enter\//)
    const again = await authorize(web, backup, verifier, more)
    await answerStepUp(portal, grace, web)
    expect((await web.post(apiOf(again))).body.outcome).toBe('go')
    expect(await claimsAt(await resume(web, again), backup, verifier)).toMatchObject({ acr: 'aal2' })
  })

  test('who has no factor is told to set one up', async () => {
    await portal.play('fresh')
    const web = await letIn(portal, grace)
    const waiting = await authorize(web, backup, newVerifier(), { acr_values: 'aal2' })
    expect((await web.post(apiOf(waiting))).body.code).toBe('needs-own-factor')
  })

  test('aal1 or nothing known asks for nothing more', async () => {
    const web = await signedIn(portal, grace)
    await oneFactor()
    for (const acr_values of ['aal1', 'aal2 aal1', 'urn:whatever'])
      expect(paramsOf(await authorize(web, backup, newVerifier(), { acr_values })).code).toBeTruthy()
  })
})

describe('how fresh', () => {
  test.each([
    ['max_age=60', { max_age: '60' }],
    ['max_age=0', { max_age: '0' }],
    ['prompt=login', { prompt: 'login' }],
  ])('%s: the factor once more, and auth_time says so', async (_what, more) => {
    const web = await signedIn(portal, grace)
    later(portal, 120)
    const verifier = newVerifier()
    const waiting = await authorize(web, backup, verifier, more)
    expect((await web.post(apiOf(waiting))).body.code).toBe('step-up-required')
    later(portal, 60)
    await answerStepUp(portal, grace, web)
    const proven = Math.floor(portal.clock.now().getTime() / 1000)
    later(portal, 200)
    expect((await web.post(apiOf(waiting))).body.outcome).toBe('go')
    const claims = await claimsAt(await resume(web, waiting), backup, verifier)
    expect(Math.abs(Number(claims.auth_time) - proven)).toBeLessThan(5)
  })

  test('what was proven before the application asked is not what it asked for', async () => {
    const web = await signedIn(portal, grace)
    later(portal, 1)
    const waiting = await authorize(web, backup, newVerifier(), { prompt: 'login' })
    expect((await web.post(apiOf(waiting))).body.code).toBe('step-up-required')
    expect(await resume(web, waiting)).toMatch(/^\/enter\//)
  })

  test('the application’s own limit holds where the request asks for less', async () => {
    await portal.owner`update applications set max_age = 60 where client_id = 'backup'`
    const web = await signedIn(portal, grace)
    expect(paramsOf(await authorize(web, backup, newVerifier(), { max_age: '600' })).code).toBeTruthy()
    later(portal, 90)
    expect(await authorize(web, backup, newVerifier(), { max_age: '600' })).toMatch(/^\/enter\//)
  })

  test('who has no factor types the password again', async () => {
    await portal.play('fresh')
    const web = await letIn(portal, grace)
    later(portal, 120)
    const verifier = newVerifier()
    const waiting = await authorize(web, backup, verifier, { prompt: 'login' })
    expect((await web.post(apiOf(waiting))).body).toEqual({ outcome: 'sign-in-again' })
    await web.post('/api/sign-in', { email: grace, password: demoPassword })
    expect((await web.post(apiOf(waiting))).body.outcome).toBe('go')
    expect(await claimsAt(await resume(web, waiting), backup, verifier)).toMatchObject({ acr: 'aal1' })
  })
})

describe('in which company', () => {
  test('somebody of several chooses first, and the claims are of that one', async () => {
    const web = browser(portal)
    await web.post('/api/sign-in', { email: 'wes@both.test', password: demoPassword })
    await answerApp(portal, 'wes@both.test', web)
    const verifier = newVerifier()
    const waiting = await authorize(web, backup, verifier)
    expect((await web.post(apiOf(waiting))).body.code).toBe('company-needed')
    const contoso = (await web.get('/api/session/companies')).body.find(
      ({ name }: { name: string }) => name === 'Contoso Resellers',
    )
    await web.post('/api/session/company', { companyId: contoso.id })
    expect((await web.post(apiOf(waiting))).body.outcome).toBe('go')
    const claims = await claimsAt(await resume(web, waiting), backup, verifier)
    expect(claims).toMatchObject({ company: 'Contoso Resellers', company_id: contoso.id })
  })

  test('O-6 what one company remembers of a browser is no second factor for another', async () => {
    const office = browser(portal)
    const ada = await signedIn(portal, 'ada@northwind.test', browser(portal, '203.0.113.9'))
    await ada.post('/api/networks', { name: 'Head office', cidr: '198.51.100.0/24' })
    await signedIn(portal, grace, office)
    await office.post('/api/sign-in', { email: grace, password: demoPassword })
    expect((await office.get('/api/session')).body).toMatchObject({ aal: 1 })
    await portal.owner`update companies set required_at = now()`
    expect(paramsOf(await authorize(office, backup, newVerifier())).code).toBeTruthy()
    const [contoso] = await portal.owner`
      insert into memberships (company_id, person_id, joined_at, created_at)
      select c.id, p.id, now(), now() from companies c, persons p
      where c.name = 'Contoso Resellers' and p.email = ${grace} returning company_id`
    await office.post('/api/session/company', { companyId: contoso?.companyId })
    const waiting = await authorize(office, backup, newVerifier())
    expect((await office.post(apiOf(waiting))).body.code).toBe('step-up-required')
    await portal.owner`update applications set kind = 'forward-auth', secret_hash = null, home_url = null,
      hosts = '{backup.test}' where client_id = 'backup'`
    const asked = { to: 'https://backup.test/', browser: 'A'.repeat(43) }
    expect((await office.post('/api/forward-auth/entries', asked)).body.code).toBe('step-up-required')
  })

  test('Home lists what may be opened there, and nothing else', async () => {
    const names = async (email: string) =>
      (await (await signedIn(portal, email)).get('/api/applications')).body.map(
        (one: { name: string }) => one.name,
      )
    expect(await names(grace)).toEqual(['Backup', 'Partner Portal'])
    expect(await names(carol)).toEqual(['Backup'])
    await portal.owner`update applications set kind = 'forward-auth', secret_hash = null, home_url = null,
      hosts = '{backup.test}' where client_id = 'backup'`
    const guarded = (await (await signedIn(portal, 'barbara@northwind.test')).get('/api/applications')).body
    expect(guarded[0]).toMatchObject({ name: 'Backup', homeUrl: 'https://backup.test/' })
    await portal.owner`update applications set disabled_at = now() where client_id = 'backup'`
    expect(await names('sam@contoso.test')).toEqual(['Partner Portal'])
  })
})

test('the audit has each entry', async () => {
  const web = await signedIn(portal, grace)
  await enter(portal, web, backup)
  await enter(portal, web, partnerPortal)
  expect(
    await portal.owner`select outcome, detail from audit_events where event = 'application.entered' order by seq`,
  ).toEqual([
    { outcome: 'ok', detail: { application: 'Backup', aal: 2 } },
    { outcome: 'ok', detail: { application: 'Partner Portal', aal: 2 } },
  ])
})
