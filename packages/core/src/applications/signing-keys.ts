import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { ourselves, record } from '../audit/record.ts'
import * as store from '../db/stores/applications/oidc/signing-keys.ts'
import type { Deps } from '../deps.ts'
import { parameters } from '../policy/parameters.ts'

export type SigningAlg = store.SigningAlg
export type SigningKey = { alg: SigningAlg; jwk: JWK & { kid: string }; signsFrom: Date }

const algs: SigningAlg[] = ['RS256', 'ES256']

/** A sealed key opens for its own row only. */
export const signingKeyBinding = (id: string) => `signing_keys|jwk|${id}`

type Needs = Pick<Deps, 'sql' | 'seal' | 'clock'>

const make = async (deps: Needs, alg: SigningAlg, signsFrom: Date) => {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const bare = await exportJWK(privateKey)
  const jwk = { ...bare, kid: await calculateJwkThumbprint(bare), alg, use: 'sig' }
  const id = randomUUID()
  return { id, alg, jwk: deps.seal.close(jwk, signingKeyBinding(id)), signsFrom, createdAt: deps.clock.now() }
}

/**
 * Every key whose signatures may still be about, the one that signs first within each algorithm; keys that will
 * sign soon come last. Makes the first keys of an installation.
 */
export const readSigningKeys = async (deps: Needs): Promise<SigningKey[]> => {
  const rows = await store.list(deps.sql)
  if (rows.length === 0) return makeFirst(deps)
  return rows.map((row) => ({
    alg: row.alg,
    jwk: deps.seal.open(row.jwk, signingKeyBinding(row.id)) as SigningKey['jwk'],
    signsFrom: row.signsFrom,
  }))
}

const makeFirst = async (deps: Needs): Promise<SigningKey[]> => {
  const made = await Promise.all(algs.map((alg) => make(deps, alg, deps.clock.now())))
  await deps.sql.begin(async (tx) => {
    await store.lock(tx)
    if ((await store.list(tx)).length === 0) await store.add(tx, made)
  })
  return readSigningKeys(deps)
}

/** The keys in the order a provider wants them at a moment: what signs, then what is only known. */
export const inOrder = (keys: SigningKey[], now: Date): SigningKey[] => {
  const signs = (key: SigningKey) => key.signsFrom.getTime() <= now.getTime()
  return [...keys.filter(signs), ...keys.filter((key) => !signs(key))]
}

/** The key that signs now. @throws Error when none does, which only a clock turned far back can bring about */
export const signingKey = (keys: SigningKey[], alg: SigningAlg, now: Date): SigningKey => {
  const [key] = inOrder(keys, now).filter((one) => one.alg === alg)
  if (!key) throw new Error(`There is no ${alg} key`)
  return key
}

/**
 * New keys: published at once, signing a little later, so that every server and every application knows them by
 * then; the old ones stay known until their last token is over. @returns from when the new ones sign
 */
export const rotateSigningKeys = async (deps: Needs): Promise<Date> => {
  await readSigningKeys(deps)
  const now = deps.clock.now().getTime()
  const signsFrom = new Date(now + parameters.signingKeys.knownBefore)
  const made = await Promise.all(algs.map((alg) => make(deps, alg, signsFrom)))
  await deps.sql.begin(async (tx) => {
    await store.lock(tx)
    await store.add(tx, made)
    await store.removeOver(tx, new Date(now - parameters.signingKeys.knownAfter))
    await record(tx, deps.clock.now(), ourselves, {
      event: 'signing-keys.rotated',
      companyIds: [],
      detail: { signsFrom: signsFrom.toISOString() },
    })
  })
  return signsFrom
}
