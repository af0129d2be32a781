import { type SQL, sql } from 'drizzle-orm'
import { byUserName, nameSql, userNameSql } from './members.ts'

/** One attribute a filter may ask about: how it compares, where it is found, and by which index where it is asked often. */
type Attribute = {
  kind: 'folded' | 'exact' | 'boolean' | 'moment'
  column: SQL
  lookUp?: (value: string, companyId: string) => SQL
}

const byEmail = (value: string) =>
  sql`m.person_id in (select id from persons where lower(email) = lower(${value}))`

const byExternalId = (value: string, companyId: string) => sql`m.id in (
  select membership_id from scim_members where company_id = ${companyId} and external_id = ${value})`

const attributes: Record<string, Attribute> = {
  id: { kind: 'exact', column: sql`m.id::text` },
  externalid: { kind: 'exact', column: sql`s.external_id`, lookUp: byExternalId },
  username: { kind: 'folded', column: userNameSql, lookUp: byUserName },
  displayname: { kind: 'folded', column: nameSql },
  'name.formatted': { kind: 'folded', column: nameSql },
  'name.givenname': { kind: 'folded', column: sql`s.attributes #>> '{name,givenName}'` },
  'name.familyname': { kind: 'folded', column: sql`s.attributes #>> '{name,familyName}'` },
  emails: { kind: 'folded', column: sql`p.email`, lookUp: byEmail },
  'emails.value': { kind: 'folded', column: sql`p.email`, lookUp: byEmail },
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

const textual = ({ kind, column }: Attribute, op: string, value: string): SQL | null => {
  const folded = (one: SQL) => (kind === 'folded' ? sql`lower(${one})` : one)
  const left = folded(column)
  const right = folded(sql`${value}::text`)
  if (op === 'eq') return sql`${left} = ${right}`
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
export const comparisonSql = ({ attribute: name, op, value }: Comparison, companyId: string): SQL | null => {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (!attribute) return null
  const { kind, column, lookUp } = attribute
  if (op === 'pr') return sql`${column} is not null`
  if (value === null)
    return op === 'eq' ? sql`${column} is null` : op === 'ne' ? sql`${column} is not null` : null
  // An index is only used where nothing is wrapped around it; it answers yes or no anyway.
  if (op === 'eq' && lookUp && typeof value === 'string') return lookUp(value, companyId)
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
