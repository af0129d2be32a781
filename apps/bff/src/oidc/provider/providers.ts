import type { RequestListener } from 'node:http'
import { inOrder, readSigningKeys, type SigningKey } from '@countersign/core/applications/signing-keys'
import type { Deps } from '@countersign/core/deps'
import { createProvider } from './provider.ts'

/** Well below the time for which a new key is known before it signs. */
const reread = 30_000

/**
 * The provider for the keys of this moment. Keys are read again twice a minute, so that a rotation reaches every
 * server without a restart; between two readings the clock alone may change which of them signs.
 */
export const createProviders = (deps: Deps) => {
  let keys: SigningKey[] = []
  let readAt = 0
  let built: { order: string; handler: RequestListener } | null = null

  const current = async (): Promise<SigningKey[]> => {
    const now = deps.clock.now().getTime()
    // Also after a clock was put back.
    if (keys.length > 0 && Math.abs(now - readAt) < reread) return keys
    keys = await readSigningKeys(deps)
    readAt = now
    return keys
  }

  const handler = async (): Promise<RequestListener> => {
    const known = await current()
    const now = deps.clock.now()
    const order = inOrder(known, now)
      .map(({ jwk }) => jwk.kid)
      .join()
    if (built?.order !== order) built = { order, handler: createProvider(deps, known, now).callback() }
    return built.handler
  }

  return { keys: current, handler }
}

export type Providers = ReturnType<typeof createProviders>
