import { answerSchema, pairSchema, subscriptionSchema, unlinkSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { parameters } from '@countersign/core/policy/parameters'
import { Problem } from '@countersign/core/problem'
import { answerRequest } from '@countersign/core/push/answer-request'
import { devicesOf } from '@countersign/core/push/device'
import { viewInbox } from '@countersign/core/push/inbox'
import { pairDevice } from '@countersign/core/push/pair-device'
import { subscribe } from '@countersign/core/push/subscribe'
import { unlinkDevice } from '@countersign/core/push/unlink-device'
import { type Context, Hono } from 'hono'
import { wakeStream } from '../http/event-stream.ts'
import { callerOf, type Env } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'

/** The tokens of the app's accounts. No cookie counts here: the app is not signed in as anybody. */
const tokensOf = (c: Context<Env>): string[] => {
  const [, list = ''] = /^Bearer ([\w, -]+)$/.exec(c.req.header('authorization') ?? '') ?? []
  const tokens = list.split(',').map((one) => one.trim())
  if (tokens[0] === '') throw new Problem('not-paired')
  return tokens
}

const tokenOf = (c: Context<Env>): string => tokensOf(c)[0] ?? ''

/** Streams end before a company's proxy would end them. */
const streamLife = 10 * 60 * 1000

/** What the Countersign Authenticator speaks: pair once, then read with a token and act with signatures. */
export const authenticatorRoutes = (deps: Deps) =>
  new Hono<Env>()
    .post('/pairings', json(pairSchema), async (c) => {
      return c.json(await pairDevice(deps, callerOf(c), c.req.valid('json')), 201)
    })
    .get('/inbox', async (c) => c.json(await viewInbox(deps, tokensOf(c))))
    .get('/events', async (c) => {
      const devices = await devicesOf(deps, tokensOf(c))
      if (devices.length === 0) throw new Problem('not-paired')
      const topics = devices.map((one) => `device:${one.authenticatorId}` as const)
      return wakeStream(c, deps.wakes, topics, { life: streamLife, most: parameters.push.streams })
    })
    .post('/requests/:id/answer', json(answerSchema), async (c) => {
      const id = idOf(c.req.param('id'))
      await answerRequest(deps, callerOf(c), tokenOf(c), id, c.req.valid('json'))
      return c.body(null, 204)
    })
    .post('/subscriptions', json(subscriptionSchema), async (c) => {
      await subscribe(deps, tokenOf(c), c.req.valid('json'))
      return c.body(null, 204)
    })
    .post('/unlink', json(unlinkSchema), async (c) => {
      await unlinkDevice(deps, callerOf(c), tokenOf(c), c.req.valid('json'))
      return c.body(null, 204)
    })
