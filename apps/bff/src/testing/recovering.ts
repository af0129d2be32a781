import { appFactor } from '@countersign/contract'
import { demoPassword } from '@countersign/core/demo/people'
import { deliverMails, passcodeIn } from './mails.ts'
import { type Browser, browser, type Portal } from './portal.ts'
import { appCode, beginEnrolment } from './steps.ts'

export const newPassword = 'a shed full of lawn mowers'

export const idOf = async (portal: Portal, email: string): Promise<string> => {
  const [row] = await portal.owner<{ id: string }[]>`select id from persons where email = ${email}`
  return row?.id ?? ''
}

/** An admin mails a passcode, and the mail server takes it. @returns the passcode */
export const sendPasscode = async (portal: Portal, admin: Browser, email: string): Promise<string> => {
  const path = `/api/recovery/people/${await idOf(portal, email)}/passcode`
  const sent = await admin.post(path, { reason: 'Lost the phone on a train' })
  if (sent.status !== 201) throw new Error(JSON.stringify(sent.body))
  return passcodeIn(await deliverMails(portal), email)
}

/** Password, then "One-time passcode": the challenge to answer. */
export const askPasscode = async (web: Browser, email: string, password = demoPassword) => {
  const begun = await web.post('/api/sign-in', { email, password })
  const way = begun.body.signIn?.step.ways?.find((one: { factor: string }) => one.factor === 'passcode')
  return {
    way,
    challenge: way && (await web.post('/api/challenges', { authenticatorId: way.authenticatorId })),
  }
}

/** Password and passcode: the attempt that can only recover. */
export const recover = async (portal: Portal, email: string, passcode: string): Promise<Browser> => {
  const web = browser(portal)
  const { challenge } = await askPasscode(web, email)
  const done = await web.post(`/api/challenges/${challenge.body.id}/verify`, { code: passcode })
  if (done.body.outcome !== 'step') throw new Error(JSON.stringify(done.body))
  return web
}

/** Begins to enrol an app; the answer holds the challenge and the code that proves it. */
export const startApp = async (portal: Portal, web: Browser) => {
  const { asked: begun, key } = await beginEnrolment(web, appFactor)
  return { begun, code: () => appCode(portal, key) }
}
