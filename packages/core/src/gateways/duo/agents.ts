import { Agent } from 'node:https'
import { createSecureContext } from 'node:tls'
import { recent } from './recent.ts'

/** How long an unused connection is kept, in ms: shorter than any server's patience, so that none is used as it closes. */
const idle = 4000

/**
 * One agent for all visits to a host. The client makes one for each, reads its pinned authorities anew and shakes
 * hands from the beginning, which cost more than all the rest of a sign-in. What is trusted stays the same.
 */
export const createAgents = () => {
  const agents = recent<Agent>((one) => one.destroy())
  return async (host: string, authorities: () => Promise<string | string[]>): Promise<Agent> => {
    const known = agents.get(host)
    if (known) return known
    const secureContext = createSecureContext({ ca: await authorities() })
    return agents.put(
      host,
      new Agent({ secureContext, keepAlive: true, timeout: idle, maxSockets: 64, maxFreeSockets: 8 }),
    )
  }
}
