import { type ClientRequest, get } from 'node:http'

export type Stream = { woken: () => Promise<void>; close: () => void }

/** One Server-Sent Events connection; `woken` settles at the next event after the one every stream begins with. */
export const openStream = (url: string, headers: Record<string, string>): Promise<Stream> =>
  new Promise((resolve, reject) => {
    let events = 0
    let next = Promise.withResolvers<void>()
    const request: ClientRequest = get(url, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
      response.on('data', (part: Buffer) => {
        if (!part.includes('event: wake')) return
        events += 1
        if (events === 1) resolve({ woken: () => next.promise, close: () => request.destroy() })
        else {
          next.resolve()
          next = Promise.withResolvers()
        }
      })
      response.on('error', () => {})
    })
    request.on('error', reject)
  })

/** Opens many, a few at a time, as a morning brings them. */
export const openAll = async <One>(ones: One[], open: (one: One) => Promise<Stream>): Promise<Stream[]> => {
  const streams: Stream[] = []
  for (let at = 0; at < ones.length; at += 20)
    streams.push(...(await Promise.all(ones.slice(at, at + 20).map(open))))
  return streams
}
