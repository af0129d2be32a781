import type { Inbox } from '@countersign/contract'
import * as requests from '../db/stores/push/push-requests.ts'
import type { Deps } from '../deps.ts'
import { devicesOf } from './device.ts'
import { viewAccount } from './pair-device.ts'

/** Everything an app shows: its accounts as they are now, and what waits for an answer. Changes nothing. */
export const viewInbox = async (deps: Deps, tokens: string[]): Promise<Inbox> => {
  const now = deps.clock.now()
  const found = await devicesOf(deps, tokens)
  const open = await requests.listOpen(
    deps.sql,
    found.map((one) => one.authenticatorId),
    now,
  )
  return {
    now: now.toISOString(),
    vapidKey: deps.gateways.webPush.publicKey,
    accounts: found.map(viewAccount),
    requests: open.map((row) => ({
      id: row.id,
      authenticatorId: row.authenticatorId,
      purpose: row.ownerKind === 'attempt' ? 'sign-in' : 'step-up',
      person: found.find((one) => one.authenticatorId === row.authenticatorId)?.personName ?? '',
      company: row.companyName,
      browser: row.browser,
      address: row.address,
      at: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
  }
}
