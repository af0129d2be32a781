import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { Client } from '@duosecurity/duo_universal'
import { SignJWT } from 'jose'
import { startSandbox } from '../start.ts'

export const redirectUrl = 'http://localhost:3000/duo/callback?from=test'
export const state = 'a-state-of-thirty-six-characters-000'
export const username = 'grace@northwind.test'

/** An application that knows Duo by /api/credentials alone. */
export async function startApplication() {
  const sandbox = await startSandbox()
  const { integrationKey, secretKey, apiHostname, caFile, promptOrigin } = (
    await sandbox.api.get('/credentials')
  ).body.duo as Record<'integrationKey' | 'secretKey' | 'apiHostname' | 'caFile' | 'promptOrigin', string>
  const ca = await readFile(caFile, 'utf8')
  const base = `https://${apiHostname}`
  const secret = new TextEncoder().encode(secretKey)

  /** The official client. Its pinned authorities are replaced, since it offers no option for that. */
  function client(changes: Partial<ConstructorParameters<typeof Client>[0]> = {}) {
    const options = { clientId: integrationKey, clientSecret: secretKey, apiHost: apiHostname, redirectUrl }
    const official = new Client({ ...options, ...changes })
    Reflect.get(official, 'axios').defaults.httpsAgent = new Agent({ ca })
    return official
  }

  const sign = (claims: Record<string, unknown>, alg = 'HS512') =>
    new SignJWT(claims).setProtectedHeader({ alg }).sign(secret)

  /** An assertion as the official clients make it, before a test changes it. */
  const assertion = (endpoint: string, changes: Record<string, unknown> = {}, alg = 'HS512') => {
    const claims = { iss: integrationKey, sub: integrationKey, aud: `${base}${endpoint}`, jti: randomUUID() }
    return sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 300, ...changes }, alg)
  }

  function post(path: string, body: URLSearchParams | FormData | undefined) {
    const encoded = new Response(body ?? null)
    return new Promise<{ status: number | undefined; body: Record<string, unknown> }>((resolve, reject) => {
      const type = encoded.headers.get('content-type')
      const outgoing = request(`${base}${path}`, {
        method: 'POST',
        ca,
        headers: type ? { 'content-type': type } : {},
      })
      outgoing.on('error', reject).on('response', (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode, body: JSON.parse(body) }), reject)
      })
      encoded.arrayBuffer().then((bytes) => outgoing.end(Buffer.from(bytes)), reject)
    })
  }

  return { ...sandbox, client, sign, assertion, post, integrationKey, apiHostname, promptOrigin, base, ca }
}

export type Application = Awaited<ReturnType<typeof startApplication>>

/** A browser without JavaScript: follows redirects within the sandbox and stops where one leads out of it. */
export function browser({ promptOrigin, base }: Application) {
  let at = ''
  async function go(
    address: string,
    init: RequestInit = {},
  ): Promise<{ status: number; html: string; left?: URL }> {
    const url = new URL(address.replace(base, promptOrigin), at || promptOrigin)
    if (url.origin !== promptOrigin) return { status: 302, html: '', left: url }
    at = url.href
    const answer = await fetch(url, { ...init, redirect: 'manual' })
    const location = answer.headers.get('location')
    return location ? go(location) : { status: answer.status, html: await answer.text() }
  }
  return {
    open: (address: string) => go(address),
    submit: (fields: Record<string, string> = {}, path = '') =>
      go(at + path, { method: 'POST', body: new URLSearchParams(fields) }),
    reload: () => go(at),
    address: () => at,
  }
}

/** Opens the prompt for somebody who is set up; answers the push that waits. */
export async function atThePrompt(application: Application, url: string) {
  const tab = browser(application)
  const page = await tab.open(url)
  const [push] = (await application.api.get('/duo/pushes')).body
  return { tab, page, push }
}

export async function known(application: Application, name = username) {
  application.portal.answers.set('POST /sandbox-hooks/scenarios/duo', {
    status: 200,
    body: { duoUsers: [name] },
  })
  await application.api.post('/scenarios/duo')
}
