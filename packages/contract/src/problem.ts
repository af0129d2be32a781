import type { ScimType } from './scim.ts'

/**
 * Everything that can go wrong, in one closed table: code → HTTP status and the sentence for people who read
 * the API by hand. The SPA has its own sentence per code, exhaustive by the compiler. RFC 9457.
 */
export const problems = {
  'bad-request': [400, 'The request is not what this address expects.'],
  'invalid-input': [422, 'Some fields need another look.'],
  'wrong-credentials': [401, 'E-mail address and password do not match.'],
  'not-signed-in': [401, 'Sign in first.'],
  'attempt-over': [401, 'This sign-in has ended. Begin again.'],
  'step-up-required': [403, 'Confirm with your second factor first.'],
  'not-allowed': [403, 'Your role does not allow this.'],
  'wrong-step': [409, 'Another step comes first.'],
  'company-needed': [409, 'Choose the company to act in first.'],
  'not-found': [404, 'There is nothing here.'],
  'foreign-origin': [403, 'The request came from another site.'],
  'unsupported-media-type': [415, 'Send application/json.'],
  'too-large': [413, 'The request is too large.'],
  'wrong-code': [422, 'That is not the code.'],
  'code-expired': [410, 'This code has expired or was used. Send a new one.'],
  'code-used': [422, 'This code was used already. Wait for the next one.'],
  'too-many-tries': [429, 'Too many tries.'],
  'too-many-requests': [429, 'Too many requests.'],
  'cooling-down': [429, 'Wait a moment before sending again.'],
  'challenge-over': [410, 'This step has ended. Begin it again.'],
  'not-enrolled': [409, 'This account has no such factor.'],
  'authenticator-locked': [403, 'This factor is locked after too many wrong tries.'],
  'last-factor': [409, 'The company requires two-factor authentication: add another factor first.'],
  'phone-invalid': [422, 'That is not a phone number.'],
  'phone-unsuitable': [422, 'This kind of number cannot receive codes.'],
  'phone-not-digits': [422, 'Digits only, with no spaces, brackets or dashes.'],
  'password-too-short': [422, 'The password needs at least 15 characters.'],
  'password-too-long': [422, 'The password is longer than 256 characters.'],
  'password-common': [422, 'This password is on lists that attackers try first.'],
  'password-context': [422, 'The password is made of words that belong to you or to this site.'],
  'password-same': [422, 'That is the password you have now.'],
  'link-over': [410, 'This link has expired or was used.'],
  'email-taken': [409, 'This e-mail address is already used here.'],
  conflict: [409, 'Somebody else changed this meanwhile.'],
  'several-companies': [409, 'This person belongs to several companies, so no single one changes this.'],
  'already-member': [409, 'This person belongs to the company already.'],
  'client-role': [422, 'A client account holds no admin role.'],
  'last-security-admin': [409, 'A company always keeps one active Security Admin.'],
  'client-account': [403, 'Not for client accounts. Contact support.'],
  'passcode-held': [
    403,
    'The password was just reset by mail, so a passcode sent before that does not count.',
  ],
  'phone-change-waiting': [409, 'A new phone number is waiting already.'],
  'not-yourself': [403, 'You cannot do this to yourself.'],
  'needs-own-factor': [409, 'Set up a second factor of your own first.'],
  'name-mismatch': [422, 'That is not the company’s name.'],
  'already-required': [409, 'Two-factor authentication is required already, and stays so.'],
  'numbers-missing': [409, 'Some employees have no mobile number on file.'],
  'network-invalid': [422, 'That is not an address or a range.'],
  'network-too-wide': [422, 'This range is too wide.'],
  'network-private': [422, 'Private, loopback and shared ranges cannot be trusted.'],
  'network-overlaps': [409, 'This range overlaps another one on the list.'],
  'webhook-address': [422, 'A webhook cannot go to this address.'],
  'csv-unreadable': [422, 'That is not a CSV file with a header row.'],
  'too-many': [409, 'The list is full.'],
  unavailable: [503, 'We are busy. Try again in a moment.'],
  'texts-unavailable': [502, 'The text and call service did not answer. Try again, or use another way.'],
  'texts-refused': [422, 'The text and call service does not deliver to this number.'],
  'mail-unavailable': [502, 'The mail server did not answer. Try again in a moment.'],
  'duo-unavailable': [502, 'Duo did not answer. Nobody gets in without it. Try again in a moment.'],
  'duo-wrong-keys': [422, 'Duo does not accept these keys.'],
  'duo-not-a-host': [422, 'That is not one of Duo’s hosts.'],
  'duo-refused': [403, 'Duo refused this sign-in.'],
  'duo-bypassed': [403, 'Duo let you pass without asking, which is no second factor.'],
  'passkey-refused': [422, 'This passkey could not be verified.'],
  'passkey-elsewhere': [409, 'This passkey was made for another address of this portal.'],
  'request-over': [410, 'This request has ended.'],
  'not-paired': [401, 'This device is not paired, or was unlinked.'],
  'pairing-over': [410, 'This pairing code has expired or was used.'],
  'push-host': [422, 'That is not the address of a push service we know.'],
  'duo-not-set-up': [409, 'This company does not use Duo.'],
  'duo-untested': [409, 'Test the connection before saving it.'],
  'scim-refused': [400, 'The directory asks for something that cannot be done.'],
  internal: [500, 'Something went wrong on our side.'],
} as const satisfies Record<string, readonly [status: number, title: string]>

export type ProblemCode = keyof typeof problems

/** What a problem may carry besides its code; never a secret. */
export type ProblemExtra = {
  /** Seconds until a retry can work; also sent as Retry-After. */
  retryAfter?: number
  /** Guesses left on this challenge. */
  triesLeft?: number
  /** Problems of single fields, by field name. */
  fields?: Record<string, ProblemCode>
  /** A repaired value that one click can put in place. */
  suggestion?: string
  /** Why, one level finer than the code, for the sentence on the screen. */
  detail?: string
  /** For `scim-refused`: the standard's own word for it. */
  scimType?: ScimType
  /** People concerned, for refusals that name them. */
  people?: { id: string; name: string }[]
}

/** The body of every refusal, `application/problem+json` (RFC 9457). */
export type ProblemBody = { type: string; title: string; status: number; code: ProblemCode } & ProblemExtra
