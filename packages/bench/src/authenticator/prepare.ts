import { randomUUID } from 'node:crypto'
import { connect, type Sql } from '@countersign/core/db/connect'
import { createSeal, type Seal } from '@countersign/core/keys/seal'
import { hashToken, newToken } from '@countersign/core/keys/tokens'
import { credentialBinding } from '@countersign/core/sign-in/context'
import { type AuthenticatorApp, authenticatorApp } from '@countersign/core/testing/authenticator-app'
import { insertPeople, makePeople, type Person } from '../subjects/portal/prepare.ts'
import { chunks, userAgent } from '../subjects/subject.ts'

export type Holder = Person & { app: AuthenticatorApp; deviceToken: string }

const origin = 'https://portal.example'

/** People past their password, each with the app on a phone. */
export const prepareHolders = async (
  ownerUrl: string,
  sealingKeys: string,
  count: number,
): Promise<Holder[]> => {
  const sql = connect(ownerUrl, { max: 1 })
  const [id = '', key = ''] = sealingKeys.split(':')
  const seal = createSeal([{ id, key: Buffer.from(key, 'base64') }])
  const companyId = randomUUID()
  const now = new Date()
  await sql`insert into companies ${sql([{ id: companyId, name: 'Bench', createdAt: now }])}`
  const holders = makePeople(count, [companyId]).map((one) => ({
    ...one,
    app: authenticatorApp(origin),
    deviceToken: newToken(),
  }))
  for (const part of chunks(holders)) {
    await insertPeople(sql, seal, part, 'none', now)
    await pair(sql, seal, part, now)
    await insertAttempts(sql, part, now)
  }
  await sql`vacuum analyze`
  await sql.end()
  return holders
}

const pair = async (sql: Sql, seal: Seal, holders: Holder[], now: Date) => {
  const sealed = holders.map(({ id: personId, authenticatorId, app }) => {
    const { publicKey, secret } = app.pairing('')
    return seal.close({ publicKey, secret, lastPeriod: 0 }, credentialBinding({ authenticatorId, personId }))
  })
  const ids = holders.map((one) => one.authenticatorId)
  await sql`
    update authenticators a set factor = 'push', credential = paired.credential
    from (select * from unnest(${ids}::uuid[], ${sealed}::text[]) as paired (id, credential)) paired where a.id = paired.id`
  await sql`insert into push_devices ${sql(
    holders.map((one) => ({
      authenticatorId: one.authenticatorId,
      personId: one.id,
      codeHash: hashToken(newToken()),
      tokenHash: hashToken(one.deviceToken),
      createdAt: now,
      expiresAt: now,
      pairedAt: now,
    })),
  )}`
}

const insertAttempts = async (sql: Sql, holders: Holder[], now: Date) => {
  await sql`insert into sign_in_attempts ${sql(
    holders.map((one) => ({
      id: one.attemptId,
      tokenHash: hashToken(one.token),
      personId: one.id,
      companyIds: [one.companyId],
      companyId: one.companyId,
      outcome: 'challenge',
      reason: { rule: 'has-factor' },
      amr: ['pwd'],
      address: '10.0.0.1',
      userAgent,
      createdAt: now,
      expiresAt: new Date(now.getTime() + 3600_000),
    })),
  )}`
}
