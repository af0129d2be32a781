import { randomBytes } from 'node:crypto'
import { after } from '../clock.ts'
import type { Sql } from '../db/connect.ts'
import * as devices from '../db/stores/push/push-devices.ts'
import * as requests from '../db/stores/push/push-requests.ts'
import * as subscriptions from '../db/stores/push/push-subscriptions.ts'
import type { Log } from '../deps.ts'
import type { ApprovalRequest, Approvals, PairedDevice } from '../gateways/approvals.ts'
import type { WebPush } from '../gateways/web-push.ts'
import type { Seal } from '../keys/seal.ts'
import { hashToken } from '../keys/tokens.ts'
import { deviceBinding, subscriptionBinding } from './bindings.ts'
import { wake } from './wakes.ts'

type World = { sql: Sql; seal: Seal; webPush: WebPush; log: Log }

/** What the push factor asks of the world, on our tables, wake-ups and push services. */
export const createApprovals = (world: World): Approvals => {
  const { sql, seal } = world
  return {
    openPairing: async ({ authenticatorId, personId, now, life }) => {
      const code = randomBytes(16).toString('base64url')
      const row = { authenticatorId, personId, codeHash: hashToken(code), now, expiresAt: after(now, life) }
      const offered = await sql.begin((tx) => devices.offer(tx, row))
      return offered ? { ok: true, code } : { ok: false, retryAfter: 3600 }
    },
    paired: async (authenticatorId) => {
      const row = await devices.sealedDevice(sql, authenticatorId)
      if (!row) return null
      return seal.open(row.device, deviceBinding({ authenticatorId, personId: row.personId })) as PairedDevice
    },
    ask: (request) => ask(world, request),
    decision: async (id, now) => {
      const row = await requests.decisionOf(sql, id)
      if (row?.decision === 'approved') return 'approved'
      if (row?.decision) return 'denied'
      return row && row.withdrawnAt === null && row.expiresAt > now ? 'waiting' : 'over'
    },
    withdraw: (id, now) => requests.withdraw(sql, id, now),
  }
}

const ask = async (world: World, request: ApprovalRequest) => {
  const asked = await world.sql.begin(async (tx) => {
    const made = await requests.ask(tx, request)
    if (made.ok) await wake(tx, `device:${request.authenticatorId}`)
    return made
  })
  // Nobody waits for the push services: the app looks by itself while it is open.
  if (asked.ok)
    wakeShutApp(world, request.authenticatorId, asked.id).catch((error) =>
      world.log.warn({ error }, 'device not woken'),
    )
  return asked
}

/** Says "look" to wherever the device can be reached while the app is shut; dead addresses are dropped. */
const wakeShutApp = async (
  { sql, seal, webPush, log }: World,
  authenticatorId: string,
  requestId: string,
) => {
  const rows = await subscriptions.listOf(sql, authenticatorId)
  await Promise.all(
    rows.map(async ({ id, subscription }) => {
      const open = seal.open(subscription, subscriptionBinding(authenticatorId))
      const result = await webPush.send(
        open as Parameters<WebPush['send']>[0],
        JSON.stringify({ id: requestId }),
      )
      if (result === 'gone') await subscriptions.drop(sql, id)
      if (result === 'failed') log.warn({ authenticatorId }, 'push service did not take a wake-up')
    }),
  )
}
