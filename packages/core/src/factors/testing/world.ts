import { randomBytes } from 'node:crypto'
import type { Duo, DuoFailure } from '../../gateways/duo/duo.ts'
import { createWebhooks } from '../../gateways/webhooks/webhooks.ts'
import { createKeyedHash } from '../../keys/tokens.ts'
import { fakeApprovals } from '../../testing/approvals.ts'
import { fakeTexts } from '../../testing/texts.ts'
import { fakeWebPush } from '../../testing/web-push.ts'
import type { AnyFactor, FactorContext, PromptContext } from '../factor.ts'

const silent: DuoFailure = { ok: false, why: 'unavailable', detail: 'no-answer' }

/** A world in which Duo never answers. */
const noDuo: Duo = {
  isHost: () => false,
  check: async () => silent,
  promptUrl: async () => silent,
  exchange: async () => silent,
}

/** What a factor needs of the world, with a clock and a text service in the test's hands. */
export const factorWorld = () => {
  let now = new Date('2026-03-01T12:00:00Z')
  const phones = fakeTexts(() => now)
  const approvals = fakeApprovals(() => now)
  const pushes = fakeWebPush()
  const keyedHash = createKeyedHash(randomBytes(32))
  const contextFor = (name: string): FactorContext => ({
    now,
    person: { id: `person-${name}`, name, email: `${name}@example.test` },
    company: { id: 'company', name: 'Northwind IT' },
    origin: 'https://portal.test',
    gateways: {
      texts: phones.texts,
      approvals: approvals.approvals,
      webPush: pushes.webPush,
      duo: noDuo,
      webhooks: createWebhooks({ privateNetworks: false, sandbox: null, patience: 1000 }),
    },
    duo: async () => null,
    authenticatorId: `authenticator-${name}`,
    others: [],
    owner: { kind: 'attempt', id: `attempt-${name}` },
    from: { address: '198.51.100.7', browser: 'Firefox on Linux' },
    keyedHash,
  })
  const promptContext = (factor: AnyFactor): PromptContext => ({
    now,
    origin: 'https://portal.test',
    triesLeft: 5,
    expiresIn: factor.about.life / 1000,
    sendableIn: () => 0,
  })
  return {
    phones,
    approvals,
    contextFor,
    promptContext,
    now: () => now,
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms)
    },
  }
}

export type FactorWorld = ReturnType<typeof factorWorld>
