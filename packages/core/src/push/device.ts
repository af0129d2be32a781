import type { Db } from '../db/connect.ts'
import * as authenticators from '../db/stores/factors/authenticators.ts'
import * as devices from '../db/stores/push/push-devices.ts'
import type { Deps } from '../deps.ts'
import type { PushCredential } from '../factors/push/push.ts'
import { hashToken } from '../keys/tokens.ts'
import { Problem } from '../problem.ts'
import { credentialBinding } from '../sign-in/context.ts'

/** An app holds a handful of accounts; more tokens than this in one request are somebody's experiment. */
const mostTokens = 20

/** The paired devices behind the tokens of one app; those unlinked meanwhile are missing. */
export const devicesOf = (deps: Deps, tokens: string[]) =>
  devices.findByTokens(deps.sql, tokens.slice(0, mostTokens).map(hashToken), deps.clock.now())

export const keyOf = (deps: Deps, held: authenticators.AuthenticatorRow): string => {
  const binding = credentialBinding({ authenticatorId: held.id, personId: held.personId })
  return (deps.seal.open(held.credential, binding) as PushCredential).publicKey
}

/** The device that holds this token, usable now. @throws Problem `not-paired` */
export const deviceOf = async (
  deps: Deps,
  db: Db,
  token: string,
): Promise<{ device: devices.PushDevice; held: authenticators.AuthenticatorRow }> => {
  const [device] = await devices.findByTokens(db, [hashToken(token)], deps.clock.now())
  const held =
    device && (await authenticators.findHeld(db, device.personId, device.authenticatorId, deps.clock.now()))
  if (!held || held.lockedAt) throw new Problem('not-paired')
  return { device, held }
}
