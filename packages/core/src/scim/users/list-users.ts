import * as members from '../../db/stores/scim/members.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../people/acting.ts'
import { parameters } from '../../policy/parameters.ts'
import { Problem } from '../../problem.ts'
import { readFilter } from './read-filter.ts'

const { pageSize, longestPage } = parameters.scim

export type UserQuery = { filter?: string | undefined; startIndex: number; count: number | null }

/** A page of the company's employees (RFC 7644 §3.4.2). @throws Problem `scim-refused` as invalidFilter */
export const listUsers = async (deps: Deps, actor: Actor, { filter, startIndex, count }: UserQuery) => {
  const start = Math.max(1, startIndex)
  const limit = Math.min(Math.max(0, count ?? pageSize), longestPage)
  const { companyId } = actor
  const asked = filter === undefined ? null : readFilter(filter, companyId)
  const { total, rows } = await members.listUsers(deps.sql, companyId, asked, { offset: start - 1, limit })
  return { total, start, rows }
}

/** @throws Problem `not-found`, also for people of other companies, client accounts and whom the directory deleted */
export const readUserById = async (deps: Deps, actor: Actor, id: string): Promise<members.ScimRow> => {
  const row = await members.findUser(deps.sql, actor.companyId, id)
  if (!row) throw new Problem('not-found')
  return row
}
