import type { Db } from '../../../connect.ts'

export type SigningAlg = 'RS256' | 'ES256'
export type SigningKeyRow = { id: string; alg: SigningAlg; jwk: string; signsFrom: Date }

/** Every key there is, the one that signs last first. */
export const list = (db: Db) => db<SigningKeyRow[]>`
  select id, alg, jwk, signs_from from signing_keys order by alg, signs_from desc, id desc`

export const add = async (db: Db, rows: (SigningKeyRow & { createdAt: Date })[]) => {
  await db`insert into signing_keys ${db(rows)}`
}

/** Keeps others from making keys until the transaction ends. */
export const lock = async (db: Db) => {
  await db`select pg_advisory_xact_lock(hashtextextended('signing keys', 0))`
}

/** Goes on with keys whose successor has signed since before a moment. */
export const removeOver = async (db: Db, before: Date) => {
  await db`
    delete from signing_keys k where exists (
      select 1 from signing_keys n where n.alg = k.alg and n.signs_from > k.signs_from and n.signs_from < ${before})`
}
