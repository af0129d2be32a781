import { type AuthenticatorApp, authenticatorApp } from '@countersign/core/testing/authenticator-app'
import { type Browser, browser, origin, type Portal } from './portal.ts'

/** A phone with the app on it, paired with one account. */
export type Phone = {
  app: AuthenticatorApp
  web: Browser
  authenticatorId: string
  headers: Record<string, string>
}

/** Types the code of a pairing prompt into an app; the browser that shows it goes on by itself later. */
export const takeCode = async (portal: Portal, prompt: { uri: string }, name?: string) => {
  const app = authenticatorApp(origin)
  const web = browser(portal, '203.0.113.9')
  const code = prompt.uri.split('#pair=')[1] ?? ''
  return { app, web, paired: await web.post('/api/authenticator/pairings', app.pairing(code, name)) }
}

/** Enrols the app for the person whose first sign-in or session this browser holds. */
export const pairPhone = async (portal: Portal, web: Browser, name?: string): Promise<Phone> => {
  const asked = await web.post('/api/challenges/enrolments', { factor: 'push' })
  const { app, web: phone, paired } = await takeCode(portal, asked.body.prompt, name)
  const went = await web.post(`/api/challenges/${asked.body.id}/verify`, { waiting: true })
  if (went.body.next) await web.post(`/api/challenges/${went.body.next.id}/verify`, { saved: true })
  return {
    app,
    web: phone,
    authenticatorId: paired.body.account.authenticatorId,
    headers: { authorization: `Bearer ${paired.body.deviceToken}` },
  }
}

export const inbox = async (phone: Phone) =>
  (await phone.web.get('/api/authenticator/inbox', phone.headers)).body

export const answer = (
  phone: Phone,
  id: string,
  ...deed: [Parameters<AuthenticatorApp['answer']>[1], string?]
) => phone.web.post(`/api/authenticator/requests/${id}/answer`, phone.app.answer(id, ...deed), phone.headers)
