import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * Stands between a server and PostgreSQL and counts round trips: every ReadyForQuery the database says is the end
 * of one, whatever driver asked and however many messages it put together.
 */
export const startProxy = async (databaseUrl: string) => {
  const target = new URL(databaseUrl)
  let count = 0
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
    const see = readyCounter(() => count++)
    client.pipe(database)
    database.on('data', see).pipe(client)
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  const url = Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(address.port) }).href
  return { url, count: () => count, stop: () => server.close() }
}

/** Follows the messages of PostgreSQL's protocol: a letter, a length of four bytes that counts itself, the rest. */
export const readyCounter = (ready: () => void) => {
  let rest = Buffer.alloc(0)
  let skip = 0
  return (chunk: Buffer) => {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    for (;;) {
      const skipped = Math.min(skip, data.length)
      data = data.subarray(skipped)
      skip -= skipped
      if (skip > 0 || data.length < 5) break
      if (data[0] === 0x5a) ready()
      skip = 1 + data.readUInt32BE(1)
    }
    rest = skip > 0 ? Buffer.alloc(0) : Buffer.from(data)
  }
}
