import type { Channel, ProblemCode, PromptResponse } from '@countersign/contract'
import { minutes } from '../../clock.ts'
import type { LineType, TextsFailure } from '../../gateways/texts.ts'
import { asTyped, defineFactor, type FactorContext, type PromptContext, type Verdict } from '../factor.ts'
import { isCanadian, maskNumber, parseNumber, unsuitableKind } from './number.ts'

/** The number, its line, and the channel that worked last. */
export type PhoneCredential = { e164: string; lineType: LineType; channel: Channel }

/** ask: which number? · known: this one; by which channel? · sent: a code is on its way. */
type PhoneState =
  | { at: 'ask' }
  | { at: 'known'; e164: string; lineType: LineType }
  | { at: 'sent'; e164: string; lineType: LineType; channel: Channel; again: boolean }

const problemOf: Record<TextsFailure['why'], ProblemCode> = {
  unavailable: 'texts-unavailable',
  refused: 'texts-refused',
  'too-many': 'too-many-requests',
}

/** How a line can be reached; a call reaches every telephone. */
const channelsOf: Record<LineType, Channel[]> = {
  mobile: ['sms', 'call'],
  'not-mobile': ['call'],
  unknown: ['sms', 'call'],
  unsuitable: [],
}

/** The first answer is a number, looked up once; where its line leaves a choice, the second one names a channel. */
const takeNumber = async (
  context: FactorContext,
  typed: string,
  country: string,
): Promise<Verdict<PhoneCredential, PhoneState>> => {
  const number = parseNumber(typed, country)
  if (!number)
    return { kind: 'unusable', problem: 'phone-invalid', extra: { fields: { phone: 'phone-invalid' } } }
  const kind = unsuitableKind(number.type)
  if (kind) return unsuitable(kind)
  const found = await context.gateways.texts.lineType(number.e164)
  if (!found.ok) {
    if (found.why === 'unavailable') return { kind: 'unavailable', problem: 'texts-unavailable' }
    return { kind: 'unusable', problem: problemOf[found.why] }
  }
  if (found.lineType === 'unsuitable') return unsuitable(unsuitableKind(found.detail) ?? 'other')
  // Canadian carriers' data needs an approval most accounts lack (Lookup 60601), so nothing is decided from it.
  const lineType = isCanadian(number) ? 'unknown' : found.lineType
  const state = { at: 'known' as const, e164: number.e164, lineType }
  return lineType === 'mobile' ? { kind: 'next', state, send: 'sms' } : { kind: 'next', state }
}

/** The dialog came back with guidance: the same number again and how to reach it. */
const isChoice = (
  state: PhoneState,
  response: PromptResponse,
): state is Extract<PhoneState, { at: 'known' }> =>
  state.at === 'known' &&
  response.channel !== undefined &&
  channelsOf[state.lineType].includes(response.channel) &&
  parseNumber(asTyped(response.phone), asTyped(response.country))?.e164 === state.e164

const unsuitable = (detail: string): Verdict<PhoneCredential, PhoneState> => ({
  kind: 'unusable',
  problem: 'phone-unsuitable',
  extra: { fields: { phone: 'phone-unsuitable' }, detail },
})

const takeCode = async (
  context: FactorContext,
  state: Extract<PhoneState, { at: 'sent' }>,
  typed: string,
): Promise<Verdict<PhoneCredential, PhoneState>> => {
  const code = typed.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(code)) return { kind: 'wrong', problem: 'wrong-code' }
  const checked = await context.gateways.texts.check(state.e164, code)
  if (!checked.ok) return { kind: 'unavailable', problem: problemOf[checked.why] }
  if (checked.verdict === 'gone') return { kind: 'wrong', problem: 'code-expired' }
  if (checked.verdict === 'wrong') return { kind: 'wrong', problem: 'wrong-code' }
  return {
    kind: 'accepted',
    credential: { e164: state.e164, lineType: state.lineType, channel: state.channel },
    name: maskNumber(state.e164).masked,
    amr: [state.channel === 'sms' ? 'sms' : 'tel'],
  }
}

const codePrompt = (context: PromptContext, state: Extract<PhoneState, { at: 'sent' }>) => {
  const destination = maskNumber(state.e164)
  return {
    kind: 'enter-code' as const,
    title: '2FA Verification',
    lead: state.channel === 'sms' ? 'We sent a text message to' : 'We sent the code by phone call to',
    destination,
    alphabet: 'digits' as const,
    length: 6,
    sends: channelsOf[state.lineType].map((channel) => ({
      channel,
      label: channel === 'sms' ? 'SMS' : 'Phone Call',
      availableIn: context.sendableIn(channel),
    })),
    sameCode: state.again,
    expiresIn: context.expiresIn,
    triesLeft: context.triesLeft,
  }
}

/**
 * A code by text message or phone call, made and checked by the provider. Restricted (NIST SP 800-63B §3.2.9):
 * the prompt says so and offers the alternatives.
 */
export const phone = defineFactor<PhoneCredential, PhoneState>({
  name: 'phone',
  about: {
    label: 'Text or call',
    choice: 'Text message or phone call',
    sentence: 'A code to your phone number. A desk phone works by call.',
    icon: 'phone',
    strength: 1,
    amr: ['sms'],
    role: 'second-factor',
    restricted: true,
    perPerson: 3,
    life: minutes(10),
  },
  enrol: async () => ({ ok: true, state: { at: 'ask' } }),
  challenge: async (_context, { e164, lineType, channel }) => ({
    ok: true,
    state: { at: 'known', e164, lineType },
    send: channel,
  }),
  prompt: (context, state) => {
    if (state.at === 'sent') return codePrompt(context, state)
    if (state.at === 'ask') return { kind: 'enter-phone', guidance: null, number: null, channels: ['sms'] }
    return {
      kind: 'enter-phone',
      guidance:
        state.lineType === 'mobile' ? null : state.lineType === 'not-mobile' ? 'not-mobile' : 'unknown',
      number: state.e164,
      channels: channelsOf[state.lineType],
    }
  },
  verify: async (context, { credential, state }, response) => {
    // A number is taken at enrolment only: whoever is asked for a code must not name the phone it goes to
    // (attack A-04, CVE-2022-28601).
    const asked = credential === null ? response.phone : undefined
    if (state.at === 'sent' && asked === undefined) return takeCode(context, state, asTyped(response.code))
    if (asked === undefined) return { kind: 'unusable', problem: 'phone-invalid' }
    if (isChoice(state, response))
      return { kind: 'next', state, ...(response.channel && { send: response.channel }) }
    return takeNumber(context, asTyped(asked), asTyped(response.country))
  },
  delivery: {
    destination: (state) => (state.at === 'ask' ? null : state.e164),
    send: async (context, state, channel) => {
      if (state.at === 'ask' || channel === 'email') return { ok: false, problem: 'wrong-step' }
      const sent = await context.gateways.texts.send(state.e164, channel)
      return sent.ok ? sent : { ok: false, problem: problemOf[sent.why] }
    },
    sent: (state, channel, again) =>
      state.at === 'ask' || channel === 'email'
        ? state
        : { at: 'sent', e164: state.e164, lineType: state.lineType, channel, again },
  },
})
