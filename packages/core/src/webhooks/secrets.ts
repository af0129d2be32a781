import { createHmac, randomBytes } from 'node:crypto'

/** What is sealed of a webhook: its secret, and the one before it while both sign. */
export type Secrets = { current: string; previous: { secret: string; until: string } | null }

/** What the sealed secrets of a webhook are bound to. */
export const secretsBinding = (id: string) => `webhooks|secrets|${id}`

const prefix = 'whsec_'

/** 256 bits, as receivers' libraries want it written (Standard Webhooks, "Signature scheme"). */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64')

/** The `webhook-signature` of a message: one per secret that signs now, so that a rotation loses nothing. */
export const signatures = (
  secrets: Secrets,
  message: { id: string; timestamp: number; body: string },
  now: Date,
): string => {
  const { current, previous } = secrets
  const signing = [current, ...(previous && new Date(previous.until) > now ? [previous.secret] : [])]
  return signing.map((secret) => `v1,${sign(secret, message)}`).join(' ')
}

const sign = (secret: string, { id, timestamp, body }: { id: string; timestamp: number; body: string }) =>
  createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')
