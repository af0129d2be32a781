import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export type Mood = 'answers' | 'hangs' | 'fails' | 'redirects'

const bodyOf = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

const answers: Record<Exclude<Mood, 'hangs'>, (response: ServerResponse) => void> = {
  answers: (response) => response.writeHead(200).end(),
  fails: (response) => response.writeHead(500).end(),
  redirects: (response) => response.writeHead(307, { location: 'https://evil.test/' }).end(),
}

/** Where a relying party hears of logouts, in every mood such a server can be. */
export const logoutReceiver = async () => {
  const tokens: string[] = []
  const state: { mood: Mood } = { mood: 'answers' }
  const server = createServer(async (request, response) => {
    const token = new URLSearchParams(await bodyOf(request)).get('logout_token') ?? ''
    if (state.mood === 'hangs') return
    if (state.mood === 'answers') tokens.push(token)
    answers[state.mood](response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { tokens, state, uri: `http://127.0.0.1:${port}/backchannel-logout` }
}
