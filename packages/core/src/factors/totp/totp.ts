import { generateSecret, generateURI, verifySync } from 'otplib'
import { minutes } from '../../clock.ts'
import { asTyped, defineFactor, type Verdict } from '../factor.ts'

/** The seed, and the last time step it was used in: a step is accepted once (RFC 6238 §5.2). */
export type TotpCredential = { secret: string; lastStep: number }
/** At enrolment the new seed with what the app will call it; at a challenge nothing. */
type TotpState = { secret: string; issuer: string; account: string } | { secret: null }

const period = 30
const digits = 6

const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret

const judge = (
  secret: string,
  lastStep: number,
  typed: unknown,
  now: Date,
): Verdict<TotpCredential, TotpState> => {
  const token = asTyped(typed).replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return { kind: 'wrong', problem: 'wrong-code' }
  const epoch = Math.floor(now.getTime() / 1000)
  // One step either side: clocks differ and people type slowly (RFC 6238 §5.2).
  const result = verifySync({ secret, token, epoch, period, epochTolerance: period, strategy: 'totp' })
  if (!result.valid || !('timeStep' in result)) return { kind: 'wrong', problem: 'wrong-code' }
  if (result.timeStep <= lastStep) return { kind: 'wrong', problem: 'code-used' }
  return { kind: 'accepted', credential: { secret, lastStep: result.timeStep } }
}

/**
 * Time-based one-time passwords (RFC 6238) from any authenticator app: SHA-1, 6 digits, 30 s, which is what
 * all of them understand. HMAC-SHA-1 is unbroken; the exception to ASVS 11.4.1 is in docs/decisions.
 */
export const totp = defineFactor<TotpCredential, TotpState>({
  name: 'totp',
  about: {
    label: 'Authenticator app',
    choice: 'Third Party Authenticator App',
    sentence: 'Six digits from Google, Microsoft, Authy, 1Password or any other app.',
    icon: 'app',
    strength: 2,
    amr: ['otp'],
    role: 'second-factor',
    restricted: false,
    perPerson: 5,
    life: minutes(10),
  },
  enrol: async (context) => ({
    ok: true,
    // 160 bits, RFC 4226 §4 R6.
    state: {
      secret: generateSecret({ length: 20 }),
      issuer: context.company ? `Countersign (${context.company.name})` : 'Countersign',
      account: context.person.email,
    },
  }),
  challenge: async () => ({ ok: true, state: { secret: null } }),
  prompt: (context, state) =>
    state.secret === null
      ? {
          kind: 'enter-code',
          title: 'Enter the code from your app',
          lead: 'Open your authenticator app and type the six digits it shows for this account.',
          destination: null,
          alphabet: 'digits',
          length: digits,
          sends: [],
          sameCode: false,
          expiresIn: context.expiresIn,
          triesLeft: context.triesLeft,
        }
      : {
          kind: 'scan-qr',
          title: 'Set up your authenticator app',
          uri: generateURI({
            issuer: state.issuer,
            label: state.account,
            secret: state.secret,
            period,
            digits,
          }),
          linkLabel: 'Open in your authenticator app',
          key: grouped(state.secret),
          steps: [
            'Open the app and choose to add an account.',
            'Scan this code, or type the key.',
            'Type the six digits the app shows.',
          ],
          codeLength: digits,
          number: null,
        },
  verify: async (context, { credential, state }, response) =>
    state.secret === null
      ? credential
        ? judge(credential.secret, credential.lastStep, response.code, context.now)
        : { kind: 'wrong', problem: 'wrong-code' }
      : judge(state.secret, 0, response.code, context.now),
})
