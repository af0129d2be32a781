import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { forbidden, type guardedLookup } from './addresses.ts'

/** What became of one try. Of an answer only the status is read: what a receiver says goes no further. */
export type WebhookAnswer =
  | { status: number }
  | { error: 'timeout' | 'address' | 'connection' | 'certificate' }

/** Of an answer's body nothing is wanted; this much is taken in so that the receiver can finish in peace. */
const most = 4096

/** Posts once. Redirects are answers like any other, not followed; a connection is never used twice. */
export const call = (
  url: URL,
  {
    headers,
    body,
    lookup,
    patience,
  }: {
    headers: Record<string, string>
    body: string
    lookup: ReturnType<typeof guardedLookup>
    patience: number
  },
): Promise<WebhookAnswer> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(patience)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request: ClientRequest = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      lookup,
      signal,
    })
    request.once('response', (response) => {
      drain(response)
      resolve({ status: response.statusCode ?? 0 })
    })
    request.on('error', (error) => resolve({ error: signal.aborted ? 'timeout' : reasonOf(error) }))
    request.end(body)
  })

const drain = (response: IncomingMessage) => {
  let left = most
  response.on('error', () => {})
  response.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) response.destroy()
  })
}

const reasonOf = (error: Error): 'address' | 'connection' | 'certificate' => {
  const code = String((error as { code?: unknown }).code)
  if (code === forbidden) return 'address'
  return /CERT|SIGNATURE|ALTNAME|SELF_SIGNED/.test(code) ? 'certificate' : 'connection'
}
