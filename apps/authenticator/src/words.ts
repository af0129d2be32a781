import { Refusal } from './api.ts'

const sentences: Record<string, string> = {
  offline: 'The portal cannot be reached. Check the connection and try again; tokens work without one.',
  'pairing-over': 'This pairing code has expired or was used. Show a new one in your browser.',
  'too-many-requests': 'Too many tries. Wait a few minutes.',
  'wrong-code': 'That was not the number, so this request has ended. Send a new one from your browser.',
  'request-over': 'This request has ended: it was answered, taken back, or too old.',
  'not-paired': 'This device was unlinked. Pair it again from User Settings.',
  'last-factor':
    'Your company requires two-factor authentication, and this is your only factor. Add another one under User Settings first.',
}

/** What went wrong, for a person. */
export const sentenceFor = (error: unknown): string =>
  (error instanceof Refusal && sentences[error.code]) || 'Something went wrong. Try again in a moment.'

/** "0:48". */
export const clockText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** A first guess at what the person calls this device. */
export const deviceName = (): string => {
  const agent = navigator.userAgent
  if (/iPhone/.test(agent)) return 'iPhone'
  if (/iPad/.test(agent)) return 'iPad'
  if (/Android/.test(agent)) return 'Android phone'
  if (/Mac OS X/.test(agent)) return 'Mac'
  if (/Windows/.test(agent)) return 'Windows computer'
  return 'Computer'
}
