import { hashToken, newToken } from '../../../keys/tokens.ts'
import type { Db } from '../../connect.ts'

export type LinkKind = 'password-reset' | 'email-change' | 'invitation' | 'not-me' | 'cancel-phone-change'

export type LinkRow = {
  id: string
  personId: string
  companyId: string | null
  payload: Record<string, string>
}

/** Makes a link; of kinds where only the newest counts, older ones end. @returns the token for the mail */
export const create = async (
  db: Db,
  link: {
    kind: LinkKind
    personId: string
    life: number
    now: Date
    companyId?: string | null
    payload?: Record<string, string>
    newestOnly?: boolean
  },
): Promise<string> => {
  const token = newToken()
  if (link.newestOnly)
    await db`update links set used_at = ${link.now} where person_id = ${link.personId} and kind = ${link.kind} and used_at is null`
  await db`
    insert into links (kind, token_hash, person_id, company_id, payload, created_at, expires_at)
    values (${link.kind}, ${hashToken(token)}, ${link.personId}, ${link.companyId ?? null}, ${db.json(link.payload ?? {})},
      ${link.now}, ${new Date(link.now.getTime() + link.life)})`
  return token
}

/** Ends a person's open links of some kinds. */
export const endOpen = async (db: Db, personId: string, kinds: LinkKind[], now: Date) => {
  await db`
    update links set used_at = ${now}
    where person_id = ${personId} and kind = any(${kinds}::text[]) and used_at is null`
}

/** Reads a live link without spending it. */
export const peek = async (db: Db, kind: LinkKind, token: string, now: Date): Promise<LinkRow | null> => {
  const [row] = await db<LinkRow[]>`
    select id, person_id, company_id, payload from links
    where token_hash = ${hashToken(token)} and kind = ${kind} and used_at is null and expires_at > ${now}`
  return row ?? null
}

/** Spends a live link; of parallel calls one gets it. */
export const spend = async (db: Db, kind: LinkKind, token: string, now: Date): Promise<LinkRow | null> => {
  const [row] = await db<LinkRow[]>`
    update links set used_at = ${now}
    where token_hash = ${hashToken(token)} and kind = ${kind} and used_at is null and expires_at > ${now}
    returning id, person_id, company_id, payload`
  return row ?? null
}
