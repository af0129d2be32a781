import type { ScimType } from '@countersign/contract'
import { Problem } from '../problem.ts'

/** A refusal in the standard's own words (RFC 7644 §3.12). */
export const refuse = (scimType: ScimType, detail: string): Problem =>
  new Problem('scim-refused', { scimType, detail })
