import { Problem } from '@countersign/core/problem'
import { zValidator } from '@hono/zod-validator'
import type { ZodType } from 'zod'

/** False for text that no database keeps: NUL, and halves of a surrogate pair (RFC 3629 §3). */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable)
}

/** The body as the contract says, or 422 naming the fields (unknown keys and wrong types included). */
export const json = <T extends ZodType>(schema: T) =>
  zValidator('json', schema, (result) => {
    if (result.success) {
      if (isStorable(result.data)) return
      throw new Problem('invalid-input')
    }
    const fields: Record<string, 'invalid-input'> = {}
    for (const issue of result.error.issues) fields[issue.path.join('.') || 'body'] = 'invalid-input'
    throw new Problem('invalid-input', { fields })
  })

/** The query as the contract says, or 422 for anything it does not know. */
export const query = <T extends ZodType>(schema: T) =>
  zValidator('query', schema, (result) => {
    if (!result.success || !isStorable(result.data)) throw new Problem('invalid-input')
  })

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** An id from the path; what is no id is simply not there. @throws Problem `not-found` */
export const idOf = (value: string): string => {
  if (!uuid.test(value)) throw new Problem('not-found')
  return value
}

/** A counting number from the path. @throws Problem `not-found` */
export const numberOf = (value: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new Problem('not-found')
  return Number(value)
}
