import { and, not, or, type SQL, sql } from 'drizzle-orm'
import { type Filter, parse } from 'scim2-parse-filter'
import { comparisonSql } from '../../db/stores/scim/filter.ts'
import { parameters } from '../../policy/parameters.ts'
import { refuse } from '../refuse.ts'

const { filterLength, comparisons: most } = parameters.scim

const parsed = (text: string): Filter => {
  try {
    return parse(text)
  } catch {
    throw refuse('invalidFilter', 'This is not a filter.')
  }
}

const plainPath = (path: string): string =>
  path.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:user:/, '')

/**
 * A filter of RFC 7644 §3.4.2.2 as SQL with its values as parameters. The grammar is the library's; what is not in
 * our table of attributes never reaches the database.
 * @throws Problem `scim-refused` as invalidFilter
 */
export const readFilter = (text: string, companyId: string): SQL => {
  if (text.length > filterLength || text.includes('\0') || !text.isWellFormed())
    throw refuse('invalidFilter', `A filter has at most ${filterLength} characters.`)
  let count = 0
  const toSql = (filter: Filter, prefix: string): SQL | undefined => {
    switch (filter.op) {
      case 'and':
        return and(...filter.filters.map((one) => toSql(one, prefix)))
      case 'or':
        return or(...filter.filters.map((one) => toSql(one, prefix)))
      case 'not': {
        const inner = toSql(filter.filter, prefix)
        return inner && not(inner)
      }
      case '[]':
        return toSql(filter.valFilter, `${prefix}${plainPath(filter.attrPath)}.`)
      default: {
        count += 1
        if (count > most) throw refuse('invalidFilter', `A filter has at most ${most} comparisons.`)
        const attribute = prefix + plainPath(filter.attrPath)
        const value = 'compValue' in filter ? filter.compValue : undefined
        const asked = comparisonSql({ attribute, op: filter.op, value }, companyId)
        if (!asked) throw refuse('invalidFilter', 'This cannot be asked of that attribute.')
        return asked
      }
    }
  }
  return sql`(${toSql(parsed(text), '')})`
}
