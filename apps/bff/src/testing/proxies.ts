import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** The application: says what it was told, and how often it was asked. */
export const application = async () => {
  const server = createServer((asked, response) => {
    state.asked += 1
    response.writeHead(asked.url === '/own-401' ? 401 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ url: asked.url, method: asked.method, headers: asked.headers }))
  })
  const state = { port: 0, asked: 0 }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  state.port = (server.address() as AddressInfo).port
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return state
}

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

/** Asks a port of this machine for an address, whatever its host; follows nothing. `target`: as the request line has it. */
export const fetchAt = (
  port: number,
  address: string,
  init: { method?: string; headers?: Record<string, string>; target?: string } = {},
) => {
  const url = new URL(address)
  return new Promise<Answer>((resolve, reject) => {
    const path = init.target ?? `${url.pathname}${url.search}`
    const headers = { host: url.host, ...init.headers }
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      method: init.method ?? 'GET',
      headers,
      agent: false,
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      )
    })
    asked.end()
  })
}
