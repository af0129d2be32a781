import type { FactorName } from '@countersign/contract'
import { duo } from './duo/duo.ts'
import type { AnyFactor } from './factor.ts'
import { mailbox } from './mailbox/mailbox.ts'
import { passcode } from './passcode/passcode.ts'
import { phone } from './phone/phone.ts'
import { push } from './push/push.ts'
import { recoveryCodes } from './recovery-codes/recovery-codes.ts'
import { totp } from './totp/totp.ts'
import { webauthn } from './webauthn/webauthn.ts'

/** Every factor there is, strongest first, which is also the order of choices. Adding one is a line here. */
const all: AnyFactor[] = [webauthn, push, totp, phone, duo, recoveryCodes, passcode, mailbox]

const byName = new Map(all.map((factor) => [factor.name, factor]))

export const factors: readonly AnyFactor[] = all

/** @throws when a stored row names a factor this version does not have */
export const factorNamed = (name: FactorName): AnyFactor => {
  const factor = byName.get(name)
  if (!factor) throw new Error(`No factor ${name}`)
  return factor
}
