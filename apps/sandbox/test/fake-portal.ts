import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { closeNow, listen } from '../src/http/listen.ts'

/** The portal's side of the hooks, as the contract says it: every request recorded, the secret demanded. */
export async function startFakePortal() {
  const secret = 'a hook secret'
  const calls: { method: string | undefined; path: string | undefined; body: unknown }[] = []
  const answers = new Map<string, { status: number; body: unknown }>()

  const server = createServer(async (request, response) => {
    const body = await text(request)
    calls.push({ method: request.method, path: request.url, body: body === '' ? null : JSON.parse(body) })
    const known = request.headers['x-sandbox-hook'] === secret
    const answer = known ? answers.get(`${request.method} ${request.url}`) : { status: 401, body: {} }
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer?.body ?? {}))
  })
  const port = await listen(server, 0, '127.0.0.1')
  return { url: `http://localhost:${port}`, secret, calls, answers, stop: () => closeNow(server) }
}
