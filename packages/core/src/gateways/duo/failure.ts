import { DuoException } from '@duosecurity/duo_universal'
import type { DuoFailure } from './duo.ts'

const because = (why: DuoFailure['why'], detail: string): DuoFailure => ({ ok: false, why, detail })

export const failures = {
  notAHost: because('wrong-keys', 'not-a-host'),
  audience: because('refused', 'audience'),
  user: because('refused', 'user'),
  time: because('refused', 'time'),
  denied: because('refused', 'denied'),
} as const

type HttpFailure = { response?: { status?: number; data?: unknown } }

/** Messages of the client that mean: this answer proves nothing. */
const refusals: Record<string, string> = {
  'Error decoding JWT': 'signature',
  'The username is invalid': 'user',
  'The nonce is invalid': 'nonce',
  'Missing authorization code': 'code',
}

/** Messages of the client that mean: these cannot be keys. */
const badKeys = new Set(['The Client ID is invalid', 'The Client Secret is invalid', 'Error parsing config'])

const wordIn = (data: unknown, key: 'message' | 'error'): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined

/** Sorts what the client threw. Whatever is not known to be harmless counts as no answer: it never lets in. */
export const failureOf = (error: unknown): DuoFailure => {
  if (!(error instanceof DuoException)) return because('unavailable', 'no-answer')
  if (badKeys.has(error.message)) return because('wrong-keys', 'keys')
  const refusal = refusals[error.message]
  if (refusal) return because('refused', refusal)
  const { response } = (error.inner ?? {}) as HttpFailure
  if (response?.status !== undefined && response.status >= 500) return because('unavailable', 'error')
  const word = wordIn(response?.data, 'message') ?? wordIn(response?.data, 'error')
  // A health check that fails with 200 has no inner error, only Duo's words.
  if (word === 'invalid_client' || error.message.startsWith('invalid_client'))
    return because('wrong-keys', 'keys')
  if (word === 'invalid_grant') return because('refused', 'code')
  if (response || error.message === 'Result missing expected data') return because('nonsense', 'nonsense')
  return because('unavailable', 'no-answer')
}
