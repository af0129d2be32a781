import { type PairedAccount, type Pairing, type PairRequest, pairingText } from '@countersign/contract'
import { record } from '../audit/record.ts'
import * as persons from '../db/stores/people/persons.ts'
import * as devices from '../db/stores/push/push-devices.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { isSignedBy } from '../factors/push/signature.ts'
import { hashToken, newToken } from '../keys/tokens.ts'
import { notify } from '../mail/notify.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { addressBucket } from '../sign-in/buckets.ts'
import { deviceBinding } from './bindings.ts'
import { companiesOf } from './companies-of.ts'
import { wake } from './wakes.ts'

export const viewAccount = (device: devices.PushDevice): PairedAccount => ({
  authenticatorId: device.authenticatorId,
  email: device.personEmail,
  person: device.personName,
  company: device.companyName,
  confirmed: device.confirmed,
})

/**
 * A device takes a pairing code, once. It protects nothing until the browser that showed the code goes on, which
 * it does by itself. A code that is tried again after it was taken was seen by somebody else: the person is told.
 * @throws Problem `pairing-over`, `too-many-requests`
 */
export const pairDevice = async (deps: Deps, caller: Caller, request: PairRequest): Promise<Pairing> => {
  const now = deps.clock.now()
  const { perAddress, addressWindow } = parameters.pairing
  const from = `pair:${addressBucket(caller.address)}`
  const wait = await throttles.hit(deps.sql, from, perAddress, addressWindow, now)
  if (wait !== null) throw new Problem('too-many-requests', { retryAfter: wait })
  const { code, publicKey, secret, name, signature } = request
  if (!isSignedBy(publicKey, pairingText(deps.origin, code), signature))
    throw new Problem('invalid-input', { fields: { signature: 'invalid-input' } })
  const deviceToken = newToken()
  const codeHash = hashToken(code)
  const paired = await deps.sql.begin(async (tx) => {
    const seal = (row: Parameters<typeof deviceBinding>[0]) =>
      deps.seal.close({ publicKey, secret, name }, deviceBinding(row))
    const taken = await devices.take(tx, codeHash, { seal, tokenHash: hashToken(deviceToken) }, now)
    if (!taken) return null
    await wakeOwner(tx, taken.authenticatorId)
    await record(tx, now, caller, {
      event: 'push.paired',
      companyIds: await companiesOf(tx, taken.personId),
      subjectId: taken.personId,
      factor: 'push',
      detail: { name },
    })
    return taken
  })
  if (!paired) {
    await tellOfTheft(deps, caller, codeHash)
    throw new Problem('pairing-over')
  }
  return {
    account: viewAccount(paired),
    deviceToken,
    now: now.toISOString(),
    vapidKey: deps.gateways.webPush.publicKey,
  }
}

/** The browser that shows the code waits as a sign-in or as a session. */
const wakeOwner = async (db: Parameters<typeof wake>[0], authenticatorId: string) => {
  const rows = await db<{ owner: string }[]>`
    select coalesce(attempt_id, session_id) as owner from challenges
    where authenticator_id = ${authenticatorId} and consumed_at is null`
  for (const { owner } of rows) await wake(db, `owner:${owner}`)
}

const tellOfTheft = (deps: Deps, caller: Caller, codeHash: Buffer) =>
  deps.sql.begin(async (tx) => {
    const now = deps.clock.now()
    const theft = await devices.noteTheft(tx, codeHash, now)
    const person = theft && (await persons.find(tx, theft.personId))
    if (!theft || !person) return
    await notify(tx, deps, caller, person, {
      template: 'pairing-code-reused',
      key: theft.authenticatorId,
      extra: {},
    })
    await record(tx, now, caller, {
      event: 'push.paired',
      outcome: 'failed',
      companyIds: await companiesOf(tx, person.id),
      subjectId: person.id,
      factor: 'push',
      detail: { reason: 'code-reused' },
    })
  })
