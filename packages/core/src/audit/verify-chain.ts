import { createHash } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { type ChainRow, chain, heads } from '../db/stores/audit.ts'

export type ChainReport = {
  companyId: string
  rows: number
  /** The first row that does not fit, and how; null for a whole chain. */
  broken: { seq: number; id: string | null; why: 'altered' | 'missing' | 'cut-off' } | null
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The hash a row must have, written down a second time here so that the trigger is not its own witness. */
const hashOf = (row: ChainRow): Buffer =>
  sha256(
    row.prevHash,
    [
      row.companyId,
      row.seq,
      row.id,
      row.at.getTime(),
      row.event,
      row.outcome,
      row.actorId ?? '',
      row.subjectId ?? '',
      row.factor ?? '',
      row.attemptId ?? '',
      row.sessionId ?? '',
      row.address ?? '',
      row.userAgent ?? '',
      row.requestId ?? '',
      row.detail,
    ].join('\x1f'),
  )

/** Walks the chain of one company from its first row to the end that the head remembers. */
const verifyOne = async (
  db: Db,
  head: { companyId: string; seq: number; hash: Buffer },
): Promise<ChainReport> => {
  const { companyId } = head
  let last = { seq: 0, hash: sha256('') }
  for await (const rows of chain(db, companyId)) {
    for (const row of rows) {
      const next = last.seq + 1
      if (row.seq !== next)
        return { companyId, rows: last.seq, broken: { seq: next, id: null, why: 'missing' } }
      if (!row.prevHash.equals(last.hash) || !row.hash.equals(hashOf(row)))
        return { companyId, rows: last.seq, broken: { seq: row.seq, id: row.id, why: 'altered' } }
      last = { seq: row.seq, hash: row.hash }
    }
  }
  const whole = last.seq === head.seq && last.hash.equals(head.hash)
  return {
    companyId,
    rows: last.seq,
    broken: whole ? null : { seq: last.seq + 1, id: null, why: 'cut-off' },
  }
}

/** Verifies every company's audit, one after the other. Reads only. */
export const verifyChains = async (db: Db): Promise<ChainReport[]> => {
  const reports: ChainReport[] = []
  for (const head of await heads(db)) reports.push(await verifyOne(db, head))
  return reports
}
