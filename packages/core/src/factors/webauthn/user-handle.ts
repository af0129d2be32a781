import type { PromptResponse } from '@countersign/contract'

/** The user handle is the person's id, 16 bytes: it names nobody to whoever reads the authenticator. */
export const userHandle = (personId: string): Buffer => Buffer.from(personId.replaceAll('-', ''), 'hex')

/** The person a response names; null where it names none. */
export const personOf = (response: PromptResponse): string | null => {
  const inner = response.credential?.response as { userHandle?: unknown } | undefined
  if (typeof inner?.userHandle !== 'string') return null
  const hex = Buffer.from(inner.userHandle, 'base64url').toString('hex')
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex)
  return parts ? parts.slice(1).join('-') : null
}
