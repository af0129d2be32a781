import type { Server } from 'node:http'
import type { AddressInfo, Server as NetServer } from 'node:net'

/** Resolves with the port once the server accepts connections; rejects when it cannot. */
export function listen(server: NetServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address() satisfies AddressInfo | string | null
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Closes the server at once: open event streams and callers kept waiting by a fault do not hold it. */
export function closeNow(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
