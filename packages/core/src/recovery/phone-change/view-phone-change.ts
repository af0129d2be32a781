import type { PhoneChangeView } from '@countersign/contract'
import type { PhoneChangeRow } from '../../db/stores/recovery/phone-changes.ts'

export const viewPhoneChange = (row: PhoneChangeRow): PhoneChangeView => ({
  id: row.id,
  person: { id: row.personId, name: row.personName },
  number: row.number,
  askedAt: row.createdAt.toISOString(),
  readyAt: row.readyAt.toISOString(),
})
