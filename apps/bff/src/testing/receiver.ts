import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Heard = { path: string; headers: IncomingHttpHeaders; body: string }

/** A server that webhooks are sent to; each path behaves as it was told to, otherwise it answers 204. */
export const receiver = async () => {
  const heard: Heard[] = []
  const manners = new Map<string, (response: ServerResponse) => unknown>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const path = request.url ?? ''
      heard.push({ path, headers: request.headers, body })
      const manner = manners.get(path) ?? ((to: ServerResponse) => to.writeHead(204).end())
      manner(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const at = (path: string) => heard.filter((one) => one.path === path)
  return { origin, heard, manners, at }
}

/** What a body says, for tests. */
export const said = (heard: Heard) =>
  JSON.parse(heard.body) as { type: string; data: Record<string, unknown> }
