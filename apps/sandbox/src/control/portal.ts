import { Problem } from '../http/problem.ts'

export type Portal = ReturnType<typeof createPortal>

/** The few doors the portal opens for its sandbox, and only for it: each request carries the shared secret. */
export function createPortal({ portalUrl, hookSecret }: { portalUrl: string; hookSecret: string }) {
  async function call(path: string, init: RequestInit, patienceMs: number): Promise<Response> {
    const headers = { 'x-sandbox-hook': hookSecret, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(patienceMs)
    return fetch(`${portalUrl}/sandbox-hooks/${path}`, { ...init, headers, signal }).catch(
      (error: unknown) => {
        const why = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : ''
        throw new Problem(502, `The portal at ${portalUrl} did not answer: ${why}`)
      },
    )
  }

  return {
    /** Throws Problem 502 unless the portal's clock has moved. */
    setClock: async (offsetMs: number) => {
      const answer = await call('clock', { method: 'PUT', body: JSON.stringify({ offsetMs }) }, 10_000)
      if (answer.ok) return
      throw new Problem(
        502,
        `The portal refused the clock with status ${answer.status}: ${await answer.text()}`,
      )
    },
    /** The portal's own answer, whatever it is. A scenario may write thousands of people, so it may take its time. */
    startScenario: (name: string) =>
      call(`scenarios/${encodeURIComponent(name)}`, { method: 'POST', body: '{}' }, 180_000),
    authenticators: (email: string) =>
      call(`authenticators?email=${encodeURIComponent(email)}`, { method: 'GET' }, 10_000),
  }
}
