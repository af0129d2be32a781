import type { WebPush } from '../gateways/web-push.ts'

/** A push service that keeps what it was asked to wake; an endpoint can be made to answer that nobody is there. */
export const fakeWebPush = () => {
  const sent: { endpoint: string; payload: string }[] = []
  const gone = new Set<string>()
  const webPush: WebPush = {
    publicKey: `B${'A'.repeat(86)}`,
    isKnown: (endpoint) => endpoint.startsWith('https://push.test/'),
    send: async ({ endpoint }, payload) => {
      if (gone.has(endpoint)) return 'gone'
      sent.push({ endpoint, payload })
      return 'sent'
    },
  }
  return { webPush, sent, gone }
}
