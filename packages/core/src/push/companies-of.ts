import type { Db } from '../db/connect.ts'
import * as persons from '../db/stores/people/persons.ts'

/** The companies whose audit hears of what a person's device did. */
export const companiesOf = async (db: Db, personId: string): Promise<string[]> =>
  (await persons.activeMemberships(db, personId)).map((row) => row.companyId)
