import { beforeEach, expect, test } from 'vitest'
import { directory, newToken } from '../../testing/directory.ts'
import { type Browser, browser, testPortal } from '../../testing/portal.ts'
import { backup, claimsIn, enter, userinfo } from '../../testing/relying-party.ts'
import { signedIn } from '../../testing/signed-in.ts'

const portal = await testPortal()
beforeEach(() => portal.play('enrolled'))
const grace = 'grace@northwind.test'
/** Somebody’s elsewhere, whom the same applications may know. */
const foreign = 'chief@elsewhere.test'

/** What an application hears of the address, in both places. */
const told = async (web: Browser) => {
  const { tokens } = await enter(portal, web, backup)
  const claims = await claimsIn(portal, tokens.body.id_token, backup)
  const { body } = await userinfo(portal, tokens.body.access_token)
  return [claims, body].map((one) => [one.email, one.email_verified])
}

const byAdministrator = async () => {
  const barbara = await signedIn(portal, 'barbara@northwind.test')
  const [person] = await portal.owner`select id from persons where email = ${grace}`
  const { version } = (await barbara.get(`/api/employees/${person?.id}`)).body
  const done = await barbara.patch(`/api/employees/${person?.id}`, { version, email: foreign })
  expect(done.status).toBe(200)
}

const byDirectory = async () => {
  const northwind = directory(portal, await newToken(await signedIn(portal, 'ada@northwind.test')))
  const { Resources } = (await northwind.find(`userName eq "${grace}"`)).body
  const emails = [{ value: foreign, primary: true }]
  const done = await northwind.patch(Resources[0].id, [{ op: 'replace', value: { emails } }])
  expect(done.status).toBe(200)
}

test.each([
  ['an administrator', byAdministrator],
  ['whoever holds a directory’s token', byDirectory],
])('O-17 an address that %s wrote is not passed off as the person’s own', async (_who, write) => {
  const web = await signedIn(portal, grace)
  expect(await told(web)).toEqual([
    [grace, true],
    [grace, true],
  ])
  await write()
  expect(await told(web)).toEqual([
    [foreign, false],
    [foreign, false],
  ])
})

test('O-17 whoever answers from an address has it as their own again', async () => {
  await byAdministrator()
  const proven = async () =>
    (await portal.owner`select email_proven_at from persons where email = ${foreign}`)[0]?.emailProvenAt
  expect(await proven()).toBeNull()
  const web = browser(portal)
  await web.post('/api/links/forgotten-password', { email: foreign })
  const texts = (await portal.queue.work()).filter((one) => one.to === foreign).map((one) => one.text)
  const [, token] = /reset-password#([\w-]+)/.exec(texts.join()) ?? []
  const next = 'an entirely other sentence'
  expect((await web.post('/api/links/reset-password', { token, next })).status).toBe(204)
  expect(await proven()).toBeInstanceOf(Date)
})
