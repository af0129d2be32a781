import { type SQL, sql } from 'drizzle-orm'
import { nameSql } from './members.ts'

/** One attribute a filter may ask about: how it compares, and where it is found. */
type Attribute = {
  kind: 'folded' | 'exact' | 'boolean' | 'moment'
  column: SQL
  lookUp?: (value: string) => SQL
}

const userName = sql`coalesce(s.user_name, p.email)`

/** By the unique indexes on user name and address, however many people there are. */
const byUserName = (value: string) => sql`m.id in (
  select membership_id from scim_members where company_id = m.company_id and lower(user_name) = lower(${value})
    and deleted_at is null
  union all select o.id from persons q join memberships o on o.person_id = q.id
    left join scim_members t on t.membership_id = o.id
    where lower(q.email) = lower(${value}) and (t.membership_id is null or t.deleted_at is not null)
      and lower(coalesce(t.user_name, q.email)) = lower(${value}))`

const attributes: Record<string, Attribute> = {
  id: { kind: 'exact', column: sql`m.id::text` },
  externalid: { kind: 'exact', column: sql`s.external_id` },
  username: { kind: 'folded', column: userName, lookUp: byUserName },
  displayname: { kind: 'folded', column: nameSql },
  'name.formatted': { kind: 'folded', column: nameSql },
  'name.givenname': { kind: 'folded', column: sql`s.attributes #>> '{name,givenName}'` },
  'name.familyname': { kind: 'folded', column: sql`s.attributes #>> '{name,familyName}'` },
  emails: { kind: 'folded', column: sql`p.email` },
  'emails.value': { kind: 'folded', column: sql`p.email` },
  'emails.type': { kind: 'folded', column: sql`'work'::text` },
  'emails.primary': { kind: 'boolean', column: sql`true` },
  phonenumbers: { kind: 'exact', column: sql`m.mobile_number` },
  'phonenumbers.value': { kind: 'exact', column: sql`m.mobile_number` },
  'phonenumbers.type': {
    kind: 'folded',
    column: sql`case when m.mobile_number is not null then 'mobile' end`,
  },
  active: { kind: 'boolean', column: sql`(m.deactivated_at is null)` },
  'meta.created': { kind: 'moment', column: sql`m.created_at` },
}

/** A comparison of a filter, read and not yet judged. */
export type Comparison = {
  attribute: string
  op: string
  value: string | number | boolean | null | undefined
}

const order: Record<string, SQL> = { gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` }

const textual = ({ kind, column, lookUp }: Attribute, op: string, value: string): SQL | null => {
  const folded = (one: SQL) => (kind === 'folded' ? sql`lower(${one})` : one)
  const left = folded(column)
  const right = folded(sql`${value}::text`)
  if (op === 'eq') return lookUp ? lookUp(value) : sql`${left} = ${right}`
  if (op === 'ne') return sql`${left} is distinct from ${right}`
  if (op === 'co') return sql`position(${right} in ${left}) > 0`
  if (op === 'sw') return sql`starts_with(${left}, ${right})`
  if (op === 'ew') return sql`right(${left}, length(${right})) = ${right}`
  const than = order[op]
  return than ? sql`${left} ${than} ${right}` : null
}

const bool = (column: SQL, op: string, value: boolean): SQL | null => {
  if (op === 'eq') return sql`${column} = ${value}::boolean`
  return op === 'ne' ? sql`${column} <> ${value}::boolean` : null
}

const moment = (column: SQL, op: string, value: string): SQL | null => {
  const at = new Date(value)
  if (!/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(at.getTime())) return null
  const than = { ...order, eq: sql`=`, ne: sql`<>` }[op]
  return than ? sql`${column} ${than} ${at.toISOString()}::timestamptz` : null
}

/** One comparison in SQL, its value a parameter; never null itself. @returns null for what cannot be asked */
export const comparisonSql = ({ attribute: name, op, value }: Comparison): SQL | null => {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (!attribute) return null
  const { kind, column } = attribute
  if (op === 'pr') return sql`${column} is not null`
  if (value === null)
    return op === 'eq' ? sql`${column} is null` : op === 'ne' ? sql`${column} is not null` : null
  const asked = asSql(attribute, op, value)
  // What is not there does not match, and so matches the opposite: SQL's third answer would do neither.
  return asked && (kind === 'boolean' ? asked : sql`coalesce(${asked}, false)`)
}

const asSql = (attribute: Attribute, op: string, value: Comparison['value']): SQL | null => {
  const { kind, column } = attribute
  if (kind === 'boolean') {
    // Microsoft Entra writes "True" and "False".
    const truth =
      typeof value === 'string' ? /^true$/i.test(value) || (!/^false$/i.test(value) && null) : value
    return typeof truth === 'boolean' ? bool(column, op, truth) : null
  }
  if (typeof value !== 'string') return null
  return kind === 'moment' ? moment(column, op, value) : textual(attribute, op, value)
}
