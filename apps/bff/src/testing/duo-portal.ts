import { demoPassword } from '@countersign/core/demo/people'
import type { DuoKeys } from '@countersign/core/gateways/duo/duo'
import { expect } from 'vitest'
import { type Browser, browser, testPortal } from './portal.ts'
import { atDuo, queryOf, startSandbox } from './sandbox.ts'

const northwind = ['ada', 'barbara', 'grace', 'linus', 'edsger', 'marie'].map(
  (name) => `${name}@northwind.test`,
)

/** The portal with the sandbox's Duo beside it, as its operator would connect them. */
export const duoPortal = async () => {
  const sandbox = await startSandbox({ duoUsers: [...northwind, 'carol@client.test', 'wes@both.test'] })
  const { integrationKey, secretKey, apiHostname: host, caFile, promptOrigin } = sandbox.duo
  const keys: DuoKeys = { integrationKey, secretKey, apiHost: host }
  const portal = await testPortal({ duo: { host, caFile, promptOrigin }, duoKeys: async () => keys })
  return { ...portal, sandbox, keys }
}

export type DuoPortal = Awaited<ReturnType<typeof duoPortal>>

/** A browser past the password. */
export const atTheDoor = async (portal: DuoPortal, email: string): Promise<Browser> => {
  const web = browser(portal)
  const begun = await web.post('/api/sign-in', { email, password: demoPassword })
  expect(begun.status, JSON.stringify(begun.body)).toBe(200)
  return web
}

/** What the sign-in asks now, begun: the challenge of its one way, or the binding to Duo. */
export const askDuo = async (web: Browser) => {
  const { step } = (await web.get('/api/sign-in')).body
  return step.kind === 'bind'
    ? web.post('/api/challenges/enrolments', { factor: step.factor })
    : web.post('/api/challenges', { authenticatorId: step.ways[0].authenticatorId })
}

/** To Duo and back: the query that the browser brings to our callback. */
export const visitDuo = async (
  portal: DuoPortal,
  web: Browser,
  decision: 'approve' | 'deny' | 'fraud' = 'approve',
) => {
  const asked = await askDuo(web)
  expect(asked.body, JSON.stringify(asked.body)).toMatchObject({ prompt: { kind: 'redirect' } })
  const tab = await atDuo(portal.sandbox, asked.body.prompt.url)
  return queryOf(tab.back ?? (await tab.answer(decision)))
}

export const comeBack = (web: Browser, callback: Record<string, string>) =>
  web.post('/api/challenges/callback', { callback })

/** Signed in with Duo alone. */
export const signedInByDuo = async (portal: DuoPortal, email: string): Promise<Browser> => {
  const web = await atTheDoor(portal, email)
  const done = await comeBack(web, await visitDuo(portal, web))
  expect(done.body, JSON.stringify(done.body)).toEqual({ outcome: 'signed-in' })
  return web
}
