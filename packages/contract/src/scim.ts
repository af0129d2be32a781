/** Why a directory's request was refused, finer than the status (RFC 7644 §3.12, table 9). */
export const scimTypes = [
  'invalidFilter',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
] as const
export type ScimType = (typeof scimTypes)[number]

/** A token of the company's directory, without the token. */
export type ScimTokenView = {
  id: string
  /** Its last four characters. */
  hint: string
  createdAt: string
  createdBy: string | null
  lastUsedAt: string | null
  /** Until when a replaced one still works; null for the current one. */
  endsAt: string | null
}

/** Provisioning by SCIM, as Company Settings shows it; the current token first. */
export type ProvisioningView = { baseUrl: string; people: number; tokens: ScimTokenView[] }

/** A token that was just made: the only answer that ever holds it. */
export type ScimTokenMade = { token: string }
