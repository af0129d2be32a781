import { readFile } from 'node:fs/promises'
import { Client } from '@duosecurity/duo_universal'
import { createAgents } from './agents.ts'
import type { Duo, DuoFailure, DuoKeys, DuoProof } from './duo.ts'
import { failureOf, failures } from './failure.ts'
import { recent } from './recent.ts'

/** The stand-in for Duo: its server leg over TLS with an authority of its own, its pages over plain http. */
export type DuoSandbox = { host: string; caFile: string; promptOrigin: string }

/** Duo's API hosts, commercial and federal, and nothing that merely ends or begins like one. */
const duoHost = /^api-[0-9a-z]{8}\.duo(security|federal)\.com$/

/** Seconds that Duo's clock and ours may be apart, and how old its answer may be. */
const leeway = 60
const oldest = 300

type Settings = {
  sandbox: DuoSandbox | null
  timeoutMs?: number
  /** How long a good answer of the health check serves whoever comes next, in ms. */
  healthyFor?: number
}
type Claims = Awaited<ReturnType<Client['exchangeAuthorizationCodeFor2FAResult']>>

/**
 * Duo through its official client. The client checks signature, issuer, audience and user; what it leaves open we
 * check here: the verdict, the one audience, and the times (parameters: Duo).
 */
export const createDuo = ({ sandbox, timeoutMs = 8000, healthyFor = 1000 }: Settings): Duo => {
  if (sandbox && (duoHost.test(sandbox.host) || /\.duo(security|federal)\.com$/i.test(sandbox.host)))
    throw new Error('A host of Duo’s own cannot be the sandbox')
  const isHost = (host: string) => duoHost.test(host) || (sandbox !== null && host === sandbox.host)
  const isSandbox = (keys: DuoKeys) => sandbox !== null && keys.apiHost === sandbox.host
  const agentFor = createAgents()

  const clients = recent<Client>()
  const clientFor = async (keys: DuoKeys, redirectUrl: string): Promise<Client> => {
    const name = JSON.stringify([keys, redirectUrl])
    return clients.get(name) ?? clients.put(name, await newClient(keys, redirectUrl))
  }

  const newClient = async (keys: DuoKeys, redirectUrl: string): Promise<Client> => {
    const { integrationKey: clientId, secretKey: clientSecret, apiHost } = keys
    const client = new Client({ clientId, clientSecret, apiHost, redirectUrl })
    // The client has no option for any of these, and pins Duo's authorities (its `axios` is private).
    const { defaults } = Reflect.get(client, 'axios')
    defaults.timeout = timeoutMs
    // A redirect could lead inside our network (attack A-51).
    defaults.maxRedirects = 0
    defaults.maxContentLength = 64 * 1024
    const pinned = defaults.httpsAgent.options.ca
    defaults.httpsAgent = await agentFor(apiHost, async () =>
      sandbox && isSandbox(keys) ? readFile(sandbox.caFile, 'utf8') : pinned,
    )
    return client
  }

  const withClient = async <Result>(
    keys: DuoKeys,
    redirectUrl: string,
    use: (client: Client) => Promise<Result | DuoFailure>,
  ): Promise<Result | DuoFailure> => {
    if (!isHost(keys.apiHost)) return failures.notAHost
    try {
      return await use(await clientFor(keys, redirectUrl))
    } catch (error) {
      return failureOf(error)
    }
  }

  const asked = new Map<string, Promise<{ ok: true } | DuoFailure>>()
  const healthy = recent<number>()
  const check = (keys: DuoKeys) =>
    withClient(keys, 'https://localhost/', async (client) => {
      await client.healthCheck()
      return { ok: true as const }
    })

  return {
    isHost,
    // In the morning people come together: whoever comes while the same question is under way shares its answer, and
    // a good answer serves those who come a moment later. A bad one is not kept: whoever tries again asks again.
    check: async (keys) => {
      const question = JSON.stringify(keys)
      if (performance.now() - (healthy.get(question) ?? Number.NEGATIVE_INFINITY) < healthyFor)
        return { ok: true }
      const underWay = asked.get(question)
      if (underWay) return underWay
      const answer = check(keys).finally(() => asked.delete(question))
      asked.set(question, answer)
      const found = await answer
      if (found.ok) healthy.put(question, performance.now())
      return found
    },
    promptUrl: (keys, { username, state, redirectUrl }) =>
      withClient(keys, redirectUrl, async (client) => {
        const url = await client.createAuthUrl(username, state)
        // Only the browser's leg moves: audience and issuer stay those of the host that was signed for.
        const shown =
          sandbox && isSandbox(keys) ? url.replace(`https://${keys.apiHost}`, sandbox.promptOrigin) : url
        return { ok: true as const, url: shown }
      }),
    exchange: (keys, { username, code, redirectUrl }) =>
      withClient(keys, redirectUrl, async (client) =>
        judge(await client.exchangeAuthorizationCodeFor2FAResult(code, username), keys, username),
      ),
  }
}

/** Duo's words for letting somebody pass without asking them for anything. */
const unasked = new Set([
  'bypass_user',
  'allow_unenrolled_user',
  'allowed_by_policy',
  'trusted_network',
  'trusted_location',
])

/** What the client does not look at. Real time, since Duo's statement is made and expires by it. */
const judge = (claims: Claims, keys: DuoKeys, username: string): DuoProof | DuoFailure => {
  const now = Date.now() / 1000
  if (claims.aud !== keys.integrationKey) return failures.audience
  if (claims.preferred_username !== username) return failures.user
  if (!(claims.exp > now - leeway) || !(claims.iat < now + leeway) || !(claims.iat > now - oldest))
    return failures.time
  if (claims.auth_result?.result !== 'allow') return failures.denied
  const asked = claims.auth_result.status !== 'bypass' && !unasked.has(claims.auth_context?.reason ?? '')
  const status = asked ? 'allow' : 'bypass'
  return { ok: true, status, factor: String(claims.auth_context?.factor ?? '').slice(0, 40) }
}
