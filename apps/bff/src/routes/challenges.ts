import {
  callbackSchema,
  resendSchema,
  responseSchema,
  startChallengeSchema,
  startEnrolmentSchema,
} from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { startEnrolment } from '@countersign/core/enrolment/start-enrolment'
import { parameters } from '@countersign/core/policy/parameters'
import { comeBack } from '@countersign/core/sign-in/challenge/come-back'
import {
  readChallenge,
  resendCode,
  waitForChallenge,
} from '@countersign/core/sign-in/challenge/read-challenge'
import { startChallenge } from '@countersign/core/sign-in/challenge/start-challenge'
import { startMailbox } from '@countersign/core/sign-in/challenge/start-mailbox'
import { verifyChallenge } from '@countersign/core/sign-in/challenge/verify-challenge'
import { Hono } from 'hono'
import { wakeStream } from '../http/event-stream.ts'
import { answerVerified, bearerOf, callerOf, type Env } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

/** Questions to an authenticator, of a sign-in or a session; enrolment is a question to a pending one. */
export const challengeRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/', json(startChallengeSchema), async (c) => {
      const { authenticatorId } = c.req.valid('json')
      return c.json(await startChallenge(deps, callerOf(c), bearerOf(c), authenticatorId), 201)
    })
    .post('/enrolments', json(startEnrolmentSchema), async (c) => {
      return c.json(await startEnrolment(deps, callerOf(c), bearerOf(c), c.req.valid('json').factor), 201)
    })
    .post('/mailbox', async (c) => c.json(await startMailbox(deps, callerOf(c), bearerOf(c)), 201))
    .post('/callback', json(callbackSchema), async (c) =>
      answerVerified(c, deps, await comeBack(deps, callerOf(c), bearerOf(c), c.req.valid('json').callback)),
    )
    .get('/:id', async (c) => c.json(await readChallenge(deps, bearerOf(c), idOf(c.req.param('id')))))
    .get('/:id/events', async (c) => {
      const { topic, life } = await waitForChallenge(deps, bearerOf(c), idOf(c.req.param('id')))
      return wakeStream(c, deps.wakes, [topic], { life, most: parameters.push.streams })
    })
    .post('/:id/verify', json(responseSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      return answerVerified(
        c,
        deps,
        await verifyChallenge(deps, callerOf(c), bearerOf(c), id, c.req.valid('json')),
      )
    })
    .post('/:id/resend', json(resendSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      return c.json(await resendCode(deps, callerOf(c), bearerOf(c), id, c.req.valid('json').channel))
    })
