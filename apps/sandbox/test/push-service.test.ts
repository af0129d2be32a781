import { createPrivateKey, randomBytes, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { expect, test } from 'vitest'
import webPush from 'web-push'
import { decrypt } from '../src/push-service/decrypt.ts'
import { createPushService, type PushMessage } from '../src/push-service/subscriptions.ts'
import { startSandbox } from './start.ts'

const subject = 'mailto:security@northwind.test'

async function start() {
  const sandbox = await startSandbox()
  const { caFile } = (await sandbox.api.get('/credentials')).body.duo
  const agent = new Agent({ ca: await readFile(caFile) })
  const keys = webPush.generateVAPIDKeys()
  const vapidDetails = { subject, ...keys }
  const subscribe = async (body = {}): Promise<webPush.PushSubscription> =>
    (await sandbox.api.post('/push/subscriptions', body)).body
  const send = (to: webPush.PushSubscription, payload?: string, options: webPush.RequestOptions = {}) =>
    webPush.sendNotification(to, payload, { vapidDetails, agent, ...options })
  const received = async (query = ''): Promise<PushMessage[]> =>
    (await sandbox.api.get(`/push/messages${query}`)).body
  return { ...sandbox, agent, keys, subscribe, send, received }
}

test('a message of the usual library arrives in the clear, with its headers', async () => {
  const { subscribe, send, received } = await start()
  const subscription = await subscribe()
  const answer = await send(subscription, '{"request":"é"}', { TTL: 60, urgency: 'high', topic: 'sign-in' })
  expect(answer.statusCode).toBe(201)
  expect(await received()).toMatchObject([
    { payload: '{"request":"é"}', unreadable: null, ttl: 60, urgency: 'high', topic: 'sign-in' },
  ])
})

test('a wake-up needs no payload', async () => {
  const { subscribe, send, received } = await start()
  expect((await send(await subscribe())).statusCode).toBe(201)
  expect(await received()).toMatchObject([{ payload: null, unreadable: null, urgency: 'normal' }])
})

test('messages are listed by subscription and can be cleared', async () => {
  const { api, subscribe, send, received } = await start()
  const [one, two] = [await subscribe(), await subscribe()]
  await send(one, 'first')
  await send(two, 'second')
  expect((await received()).map((m) => m.payload)).toEqual(['second', 'first'])
  const ofOne = await received(`?endpoint=${encodeURIComponent(one.endpoint)}`)
  expect(ofOne.map((m) => m.payload)).toEqual(['first'])
  await api.delete('/push/messages')
  expect(await received()).toEqual([])
})

test('what was encrypted for another browser is taken, and is unreadable', async () => {
  const { subscribe, send, received } = await start()
  const [one, two] = [await subscribe(), await subscribe()]
  expect((await send({ ...one, keys: two.keys }, 'not for you')).statusCode).toBe(201)
  expect(await received()).toMatchObject([{ payload: null, unreadable: expect.any(String) }])
})

test('a subscription that was let go answers 410, one that never was 404', async () => {
  const { api, subscribe, send } = await start()
  const subscription = await subscribe()
  const id = subscription.endpoint.split('/').at(-1)
  expect((await api.delete(`/push/subscriptions/${id}`)).status).toBe(204)
  await expect(send(subscription, 'x')).rejects.toMatchObject({ statusCode: 410 })
  const unknown = { ...subscription, endpoint: `${subscription.endpoint}x` }
  await expect(send(unknown, 'x')).rejects.toMatchObject({ statusCode: 404 })
})

test('a subscription made for one application server takes no other', async () => {
  const { keys, subscribe, send } = await start()
  const bound = await subscribe({ applicationServerKey: keys.publicKey })
  expect((await send(bound, 'x')).statusCode).toBe(201)
  const other = { subject, ...webPush.generateVAPIDKeys() }
  await expect(send(bound, 'x', { vapidDetails: other })).rejects.toMatchObject({ statusCode: 403 })
})

const inAMinute = () => Math.floor(Date.now() / 1000) + 60

test.each([
  ['no token', () => undefined, 401],
  ['a token for another origin', () => ({ audience: 'https://push.example' }), 403],
  ['a token that has expired', () => ({ exp: inAMinute() - 3600 }), 403],
  ['a token for two days', () => ({ exp: inAMinute() + 48 * 3600 }), 403],
  ['a token signed by another key', () => ({ forged: true }), 403],
])('%s is refused', async (_what, token: () => undefined | Token, status) => {
  const { keys, subscribe, agent, received } = await start()
  const subscription = await subscribe()
  const { headers, body } = webPush.generateRequestDetails(subscription, 'x', {
    vapidDetails: { subject, ...keys },
  })
  const { Authorization: _, ...others } = headers
  const authorization = authorizationOf(subscription.endpoint, keys, token())
  const sent = { ...others, ...(authorization === undefined ? {} : { authorization }) }
  expect(await statusOf(subscription.endpoint, agent, sent, body)).toBe(status)
  expect(await received()).toEqual([])
})

test('RFC 8291, appendix A: the example reads as it should', () => {
  const service = createPushService({ emit: () => undefined, on: () => () => undefined }, () => new Date())
  const { ecdh } = service.subscribe(undefined)
  ecdh.setPrivateKey('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url')
  const auth = Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url')
  const body = Buffer.from(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    'base64url',
  )
  expect(decrypt(body, { ecdh, auth })).toBe('When I grow up, I want to be a watermelon')
  expect(() => decrypt(randomBytes(200), { ecdh, auth })).toThrow()
})

type Token = { audience?: string; exp?: number; forged?: boolean }

/** The header of the usual library, with what a test wants wrong in it. That library refuses to make such a one. */
function authorizationOf(endpoint: string, keys: webPush.VapidKeys, token: Token | undefined) {
  if (!token) return undefined
  const { audience = new URL(endpoint).origin, exp = inAMinute(), forged = false } = token
  const { publicKey, privateKey } = keys
  const key = createPrivateKey({ key: { ...jwkOf(publicKey), d: privateKey }, format: 'jwk' })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: audience, exp, sub: subject })}`
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString(
    'base64url',
  )
  return `vapid t=${signed}.${signature}, k=${forged ? webPush.generateVAPIDKeys().publicKey : publicKey}`
}

function jwkOf(point: string) {
  const bytes = Buffer.from(point, 'base64url')
  const [x, y] = [bytes.subarray(1, 33).toString('base64url'), bytes.subarray(33).toString('base64url')]
  return { kty: 'EC', crv: 'P-256', x, y }
}

function statusOf(url: string, agent: Agent, headers: Record<string, unknown>, body: Buffer | null) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    const outgoing = request(url, { method: 'POST', agent, headers: sent })
    outgoing.on('error', reject).on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    outgoing.end(body)
  })
}
