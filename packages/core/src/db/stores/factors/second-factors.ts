import { notSecondFactors } from '@countersign/contract'
import type { Db } from '../../connect.ts'

/** Condition on authenticators a: bound, not removed, and a second factor at all. */
export const isSecondFactor = (db: Db) =>
  db`a.added_at is not null and a.removed_at is null and a.factor <> all(${[...notSecondFactors]}::text[])`

/** Whether the person of a column holds a second factor that works now. */
export const holdsFactor = (db: Db, personId: ReturnType<Db>) => db`exists (
  select 1 from authenticators a where a.person_id = ${personId} and a.locked_at is null and ${isSecondFactor(db)})`
