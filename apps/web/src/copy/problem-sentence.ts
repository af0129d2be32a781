import type { ProblemCode, ProblemExtra } from '@countersign/contract/problem'
import { durationText, triesLeftText } from './words.ts'

/** A problem without its HTTP dress: what a sentence needs. */
export type SpokenProblem = { code: ProblemCode } & ProblemExtra

const wait = (retryAfter: number | undefined, otherwise: string): string =>
  retryAfter === undefined ? otherwise : `You can go on in ${durationText(retryAfter)}.`

const tries = (left: number | undefined): string => (left === undefined ? '' : ` ${triesLeftText(left)}`)

const names = (people: ProblemExtra['people']): string => {
  const all = people?.map((person) => person.name) ?? []
  if (all.length <= 3) return all.join(', ')
  return `${all.slice(0, 3).join(', ')} and ${all.length - 3} others`
}

const lines: Record<string, string> = {
  premium: 'This is a premium-rate number, and a code would cost you or us a call to it.',
  'shared-cost': 'This is a shared-cost number, which passes calls on to somebody unknown.',
  'toll-free': 'This is a toll-free number, which cannot receive codes.',
  pager: 'This is a pager, which cannot be trusted with a code.',
  voicemail: 'This is a voicemail number, and anybody who dials it could hear the code.',
}

/** What happened, then what to do. Exhaustive: a new code does not compile without its sentence. */
const sentences: Record<ProblemCode, string | ((extra: ProblemExtra) => string)> = {
  'bad-request': 'This page and the portal do not understand each other. Load the page again.',
  'invalid-input': 'Some fields need another look.',
  'wrong-credentials': ({ triesLeft }) => `E-mail address and password do not match.${tries(triesLeft)}`,
  'not-signed-in': 'You are signed out. Sign in again.',
  'attempt-over': 'This sign-in has ended. Begin again.',
  'step-up-required': 'Confirm with your second factor first.',
  'not-allowed': 'Your role does not allow this. Ask a Security Admin of your company.',
  'wrong-step': 'Another step comes first. Load the page again.',
  'company-needed': 'Choose the company to act in first.',
  'not-found': 'There is nothing here any more. Load the page again.',
  'foreign-origin':
    'The request came from another site, so nothing was done. Open the portal by its own address.',
  'unsupported-media-type': 'This page and the portal do not understand each other. Load the page again.',
  'too-large': 'That is too large. Send less at once.',
  'wrong-code': ({ triesLeft }) => `That is not the code.${tries(triesLeft)}`,
  'code-expired': 'This code has expired. Send a new one.',
  'code-used': 'This code was used already. Wait for the next one.',
  'too-many-tries': ({ retryAfter }) =>
    `Too many tries. ${wait(retryAfter, 'Wait a while, then try again.')}`,
  'too-many-requests': ({ retryAfter }) =>
    `That was too often. ${wait(retryAfter, 'Wait a while, then try again.')}`,
  'cooling-down': ({ retryAfter }) =>
    `We sent one just now. ${wait(retryAfter, 'Wait a moment before the next.')}`,
  'challenge-over': 'This step has ended. Begin it again.',
  'not-enrolled': 'This account has no such factor. Try another way.',
  'authenticator-locked': 'This factor is locked after too many wrong tries. Try another way.',
  'last-factor':
    'Your company requires two-factor authentication. Add another factor before you remove this one.',
  'phone-invalid': 'That is not a phone number. Check the country and the digits.',
  'phone-unsuitable': ({ detail }) =>
    `${lines[detail ?? ''] ?? 'This kind of number cannot receive codes.'} Use a mobile or a desk phone.`,
  'phone-not-digits': 'Digits only, with no spaces, brackets or dashes.',
  'password-too-short': 'The password needs at least 15 characters. A few words are easy to remember.',
  'password-too-long': 'The password is longer than 256 characters. Shorten it.',
  'password-common': 'This password is on lists that attackers try first. Choose another.',
  'password-context': 'This password is made of words that belong to you or to this site. Choose others.',
  'password-same': 'That is the password you have now. Choose another.',
  'link-over': 'This link has expired or was used. Ask for a new one.',
  'email-taken': 'This e-mail address is already used here. Use another.',
  conflict: 'Somebody else changed this meanwhile. Load the page again to see it.',
  'several-companies':
    'This person belongs to several companies, so no single one decides this for the others. Name and e-mail address they change themselves in User Settings; a new phone number takes effect after its waiting time.',
  'already-member': 'This person belongs to the company already.',
  'client-role': 'A client account holds no admin role. Choose Employee.',
  'last-security-admin': 'A company always keeps one active Security Admin. Name another one first.',
  'client-account': 'Client accounts cannot be sent a passcode. Contact support.',
  'passcode-held':
    'The password was just reset by mail, so a passcode sent before that does not count. Ask your Security Admin for a new one.',
  'phone-change-waiting': 'A new phone number is waiting already. Cancel that one first.',
  'not-yourself': 'You cannot do this to yourself. Ask another Security Admin.',
  'needs-own-factor': 'Set up a second factor of your own first.',
  'name-mismatch': 'That is not the company’s name. Type it as it is shown.',
  'already-required': 'Two-factor authentication is required already, and stays so.',
  'numbers-missing': ({ people }) =>
    people?.length
      ? `No mobile number on file for ${names(people)}. Add one for each, then try again.`
      : 'Some employees have no mobile number on file. Add one for each, then try again.',
  'network-invalid': 'That is not an address or a range. Write it like 198.51.100.7 or 198.51.100.0/24.',
  'network-too-wide': 'This range is too wide. Trust the smallest range that holds your office.',
  'network-private': 'Private, loopback and shared ranges cannot be trusted. Use your public address.',
  'webhook-address':
    'A webhook cannot go to this address. It begins with https:// and is reached over the internet.',
  'network-overlaps': 'This range overlaps another one on the list. Change that one instead.',
  'csv-unreadable': ({ detail }) =>
    detail ?? 'That is not a CSV file with a header row. Name the columns Name and E-mail in the first row.',
  'too-many': 'The list is full. Remove something first.',
  unavailable: ({ retryAfter }) => `We are busy. ${wait(retryAfter, 'Try again in a moment.')}`,
  'texts-unavailable': 'The text and call service did not answer. Try again, or use another way.',
  'texts-refused':
    'The text and call service does not deliver to this number. Use another number or another way.',
  'mail-unavailable': 'The mail server did not answer. Try again in a moment.',
  'duo-unavailable': 'Duo did not answer. Nobody gets in without it. Try again in a moment.',
  'duo-wrong-keys': 'Duo does not accept these keys. Copy them from Duo once more.',
  'duo-not-a-host': 'That is not one of Duo’s hosts. It looks like api-XXXXXXXX.duosecurity.com.',
  'duo-bypassed':
    'Duo let you pass without asking for anything, and this needs a second factor. Ask your Security Admin.',
  'duo-refused': 'Duo refused this sign-in. Begin again, or ask your Security Admin.',
  'passkey-refused': ({ detail }) =>
    detail === 'locked'
      ? 'This passkey may have been copied, so it is locked. Use another way, then remove it and add it again.'
      : 'This passkey could not be verified. Try again, or use another way.',
  'passkey-elsewhere': ({ detail }) =>
    `This passkey was made for ${detail ?? 'another address'} and works there only. Use another way, then add a new one.`,
  'request-over': 'This request has ended. Send a new one from your browser.',
  'not-paired': 'This device is not paired, or was unlinked. Pair it again from User Settings.',
  'pairing-over': 'This pairing code has expired or was used. Show a new one in your browser.',
  'push-host': 'That is not the address of a push service we know.',
  'duo-not-set-up': 'This company does not use Duo.',
  'duo-untested': 'Test the connection before saving it.',
  'scim-refused': 'The directory asks for something that cannot be done.',
  internal: 'Something went wrong on our side. Try again in a moment.',
}

/** The sentence for a person; `code` may be a field's own code, `extra` comes from the problem around it. */
export const problemSentence = ({ code, ...extra }: SpokenProblem): string => {
  const sentence = sentences[code]
  return typeof sentence === 'string' ? sentence : sentence(extra)
}
