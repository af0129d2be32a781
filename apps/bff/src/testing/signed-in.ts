import { demoPassword } from '@countersign/core/demo/people'
import { demoAuthenticators } from '@countersign/core/demo/scenarios'
import { generateSync } from 'otplib'
import { type Browser, browser, type Portal } from './portal.ts'

const period = 30
/** The last step each key was used in: a code counts once. */
const lastSteps = new Map<string, number>()

/** A code of the app that the scenario gave this person; a second one comes from the next half minute. */
const codeOf = async (portal: Portal, email: string): Promise<string> => {
  const [app] = await demoAuthenticators(portal.seeder, email)
  if (!app) throw new Error(`The scenario gave ${email} no authenticator app.`)
  const now = Math.floor(portal.clock.now().getTime() / 1000 / period)
  const step = Math.max(now, (lastSteps.get(app.id) ?? 0) + 1)
  lastSteps.set(app.id, step)
  return generateSync({ secret: app.secret, epoch: step * period, period })
}

/** Answers what a sign-in past the password asks with the app of the scenario. */
export const answerApp = async (portal: Portal, email: string, web: Browser) => {
  const { step } = (await web.get('/api/sign-in')).body
  const challenge = await web.post('/api/challenges', { authenticatorId: step.ways[0].authenticatorId })
  return web.post(`/api/challenges/${challenge.body.id}/verify`, { code: await codeOf(portal, email) })
}

/** A browser that a person of the scenario `enrolled` (or alike) has signed in to with their app. */
export const signedIn = async (
  portal: Portal,
  email: string,
  web: Browser = browser(portal),
): Promise<Browser> => {
  await web.post('/api/sign-in', { email, password: demoPassword })
  const done = await answerApp(portal, email, web)
  if (done.body.outcome !== 'signed-in') throw new Error(JSON.stringify(done.body))
  return web
}

/** A browser signed in on the password alone, by "Remind me in 48 hours". */
export const letIn = async (portal: Portal, email: string): Promise<Browser> => {
  const web = browser(portal)
  await web.post('/api/sign-in', { email, password: demoPassword })
  await web.post('/api/sign-in/remind-later')
  return web
}

/** Proves the app of the scenario once more, in a session. */
export const answerStepUp = async (portal: Portal, email: string, web: Browser) => {
  const [app] = await demoAuthenticators(portal.seeder, email)
  const challenge = await web.post('/api/challenges', { authenticatorId: app?.id })
  const done = await web.post(`/api/challenges/${challenge.body.id}/verify`, {
    code: await codeOf(portal, email),
  })
  if (done.body.outcome !== 'stepped-up') throw new Error(JSON.stringify(done.body))
}
