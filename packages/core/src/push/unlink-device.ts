import { unlinkText } from '@countersign/contract'
import { dropAuthenticator } from '../account/authenticators.ts'
import type { Caller, Deps } from '../deps.ts'
import { isSignedBy } from '../factors/push/signature.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { deviceOf, keyOf } from './device.ts'

/**
 * A device unlinks itself; signed, so that a token read off it is not enough.
 * @throws Problem `not-paired`, `invalid-input`, `last-factor` where a company requires one
 */
export const unlinkDevice = (
  deps: Deps,
  caller: Caller,
  token: string,
  signed: { at: string; signature: string },
) =>
  deps.sql.begin(async (tx) => {
    const { held, device } = await deviceOf(deps, tx, token)
    const text = unlinkText(deps.origin, held.id, signed.at)
    const age = Math.abs(deps.clock.now().getTime() - new Date(signed.at).getTime())
    if (age > parameters.push.life || !isSignedBy(keyOf(deps, held), text, signed.signature))
      throw new Problem('invalid-input', { fields: { signature: 'invalid-input' } })
    const person = { id: device.personId, name: device.personName, email: device.personEmail }
    await dropAuthenticator(tx, deps, caller, person, held.id, { sessionId: null })
  })
