import type { RequestListener } from 'node:http'
import { toFetchResponse, toReqRes } from 'fetch-to-node'

/**
 * Lets the provider, which speaks to Node's own sockets, answer a request. It sees the address it is configured
 * for, whatever a Host or X-Forwarded header says, and the cookies we make up for it; its own stay here.
 */
export const answerBy = async (
  handler: RequestListener,
  { origin, request, cookies }: { origin: string; request: Request; cookies: Record<string, string> },
): Promise<Response> => {
  const { protocol, host } = new URL(origin)
  const { req, res } = toReqRes(request)
  const { pathname, search } = new URL(request.url)
  req.url = pathname + search
  for (const name of Object.keys(req.headers))
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete req.headers[name]
  req.headers.host = host
  // A body counts as one by these headers alone (RFC 9112 §6), and a Request does not carry them.
  if (request.body && !req.headers['content-length']) req.headers['transfer-encoding'] = 'chunked'
  req.headers.cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const socket = { encrypted: protocol === 'https:', remoteAddress: '127.0.0.1' }
  Object.defineProperty(req, 'socket', { value: socket })
  handler(req, res)
  const answer = await toFetchResponse(res)
  answer.headers.delete('set-cookie')
  return answer
}
