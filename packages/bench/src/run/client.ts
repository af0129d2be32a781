import { Client } from 'undici'

/** One request, ready to be sent. */
export type Ready = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string }

/**
 * Sends requests over a fixed number of connections kept alive, each waiting for its answer before the next, and
 * notes how long each took. `next` yields nothing when enough was sent.
 * @throws when any answer is not 200: a fast refusal must not count as work done
 */
export const load = async (
  origin: string,
  connections: number,
  next: () => Ready | undefined,
): Promise<{ latencies: number[]; elapsed: number }> => {
  const latencies: number[] = []
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }))
  const begun = performance.now()
  try {
    await Promise.all(
      clients.map(async (client) => {
        for (let ready = next(); ready; ready = next()) latencies.push(await timed(client, ready))
      }),
    )
    return { latencies, elapsed: performance.now() - begun }
  } finally {
    await Promise.all(clients.map((client) => client.destroy()))
  }
}

const timed = async (client: Client, ready: Ready): Promise<number> => {
  const begun = performance.now()
  // A server may close a connection that idled in the moment it is used again; what it took it would not take twice.
  const { status, body } = await ask(client, ready).catch((error) => {
    if (error.code !== 'UND_ERR_SOCKET') throw error
    return ask(client, ready)
  })
  if (status !== 200) throw new Error(`${ready.method} ${ready.path} answered ${status}: ${body}`)
  return performance.now() - begun
}

/** As little garbage as can be: while it is collected here, every server looks slow. */
const ask = (client: Client, ready: Ready): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let status = 0
    client.dispatch(
      { ...ready, body: ready.body ?? null },
      {
        onRequestStart: () => {},
        onResponseStart: (_, statusCode) => {
          status = statusCode
        },
        onResponseData: (_, part) => {
          parts.push(part)
        },
        onResponseEnd: () => resolve({ status, body: status === 200 ? '' : String(Buffer.concat(parts)) }),
        onResponseError: (_, error) => reject(error),
      },
    )
  })

/** Takes each request once. */
export const each = (requests: Ready[]): (() => Ready | undefined) => {
  let at = 0
  return () => requests[at++]
}

/** Goes round and round until the time is over. */
export const during = (milliseconds: number, requests: Ready[]): (() => Ready | undefined) => {
  const end = performance.now() + milliseconds
  let at = 0
  return () => (performance.now() < end ? requests[at++ % requests.length] : undefined)
}
