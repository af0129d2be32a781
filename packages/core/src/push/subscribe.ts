import type { Subscription } from '@countersign/contract'
import * as subscriptions from '../db/stores/push/push-subscriptions.ts'
import type { Deps } from '../deps.ts'
import { hashToken } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'
import { subscriptionBinding } from './bindings.ts'
import { deviceOf } from './device.ts'

/**
 * Keeps where a device can be woken. Only push services we know: the address is one we are going to call.
 * @throws Problem `not-paired`, `push-host`
 */
export const subscribe = async (deps: Deps, token: string, subscription: Subscription) => {
  const { held } = await deviceOf(deps, deps.sql, token)
  if (!deps.gateways.webPush.isKnown(subscription.endpoint)) throw new Problem('push-host')
  await subscriptions.put(deps.sql, {
    authenticatorId: held.id,
    endpointHash: hashToken(subscription.endpoint),
    subscription: deps.seal.close(subscription, subscriptionBinding(held.id)),
    now: deps.clock.now(),
  })
}
