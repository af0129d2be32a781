import type { Prompt, PromptResponse } from '@countersign/contract'
import { minutes } from '../../clock.ts'
import type { NotAsked } from '../../gateways/approvals.ts'
import { newDigits } from '../../keys/tokens.ts'
import { parameters } from '../../policy/parameters.ts'
import { defineFactor, type FactorContext, type PromptContext, type Verdict } from '../factor.ts'
import { periodOf } from './token.ts'

/** The device's public key, the secret of its tokens, and the last period one was used in. */
export type PushCredential = { publicKey: string; secret: string; lastPeriod: number }

type Asked = {
  at: 'asked'
  request: string
  number: string
  expiresAt: string
  status: 'waiting' | 'approved' | 'denied'
}
/** pairing: a code waits for a device · asked: a request waits on it · token: no request could be made */
export type PushState = { at: 'pairing'; code: string } | Asked | { at: 'token'; why: NotAsked['why'] }

type PushVerdict = Verdict<PushCredential, PushState>

const digits = 6

const whyToken: Record<NotAsked['why'], string> = {
  pending: 'Another sign-in already waits for an answer on your device.',
  'too-many': 'Too many requests were sent to your device.',
  muted: 'Several requests were refused on your device, so none are sent for an hour.',
}

const pairingPrompt = (origin: string, code: string): Prompt => ({
  kind: 'scan-qr',
  title: 'Pair the Countersign Authenticator',
  uri: `${origin}/authenticator/#pair=${code}`,
  linkLabel: 'Open on this device',
  key: null,
  steps: [
    'Scan this code with your phone’s camera, or open the link on this computer.',
    'Give the device a name and press Pair.',
    'This page goes on by itself.',
  ],
  codeLength: null,
  number: null,
})

const secondsLeft = (context: PromptContext, state: Asked) =>
  Math.max(0, Math.ceil((new Date(state.expiresAt).getTime() - context.now.getTime()) / 1000))

const askedPrompt = (context: PromptContext, state: Asked): Prompt => ({
  kind: 'approve-elsewhere',
  title: 'Answer on your device',
  lead: 'Open the request in the Countersign Authenticator and type this number.',
  number: state.number,
  expiresIn: secondsLeft(context, state),
  status: state.status === 'waiting' && secondsLeft(context, state) === 0 ? 'expired' : state.status,
  codeLength: digits,
})

const tokenPrompt = (context: PromptContext, why: NotAsked['why']): Prompt => ({
  kind: 'enter-code',
  title: 'Enter the token from your Authenticator',
  lead: `${whyToken[why]} Type the six digits that the Countersign Authenticator shows.`,
  destination: null,
  alphabet: 'digits',
  length: digits,
  sends: [],
  sameCode: false,
  expiresIn: context.expiresIn,
  triesLeft: context.triesLeft,
})

const judgeToken = async (
  context: FactorContext,
  credential: PushCredential,
  state: PushState,
  typed: string,
): Promise<PushVerdict> => {
  const period = periodOf(credential.secret, typed.replace(/\s/g, ''), context.now)
  if (period === null) return { kind: 'wrong', problem: 'wrong-code' }
  if (period <= credential.lastPeriod) return { kind: 'wrong', problem: 'code-used' }
  if (state.at === 'asked') await context.gateways.approvals.withdraw(state.request, context.now)
  return { kind: 'accepted', credential: { ...credential, lastPeriod: period }, amr: ['otp'] }
}

/** The device's answer was checked against its key when it came; here it is fetched. */
const fetchAnswer = async (
  context: FactorContext,
  credential: PushCredential,
  state: PushState,
): Promise<PushVerdict> => {
  if (state.at !== 'asked' || state.status === 'denied') return { kind: 'waiting' }
  const decision = await context.gateways.approvals.decision(state.request, context.now)
  if (decision === 'approved') return { kind: 'accepted', credential }
  return decision === 'denied' ? { kind: 'next', state: { ...state, status: 'denied' } } : { kind: 'waiting' }
}

const fetchDevice = async (context: FactorContext): Promise<PushVerdict> => {
  const device = await context.gateways.approvals.paired(context.authenticatorId)
  if (!device) return { kind: 'waiting' }
  const { publicKey, secret, name } = device
  return { kind: 'accepted', credential: { publicKey, secret, lastPeriod: 0 }, name }
}

const answer = (
  context: FactorContext,
  credential: PushCredential | null,
  state: PushState,
  response: PromptResponse,
): Promise<PushVerdict> | PushVerdict => {
  if (state.at === 'pairing' && response.waiting) return fetchDevice(context)
  if (!credential || state.at === 'pairing') return { kind: 'wrong', problem: 'wrong-code' }
  if (typeof response.code === 'string') return judgeToken(context, credential, state, response.code)
  return response.waiting ? fetchAnswer(context, credential, state) : { kind: 'wrong', problem: 'wrong-code' }
}

/**
 * Our own app: a request that is approved on the device after typing the number on the screen, or a token that
 * changes every 20 seconds. The number keeps a tired person from approving somebody else's sign-in.
 */
export const push = defineFactor<PushCredential, PushState>({
  name: 'push',
  about: {
    label: 'Countersign Authenticator',
    choice: 'Countersign Authenticator',
    sentence:
      'Approve on your phone or computer with one number, or type a token. Nothing to install from a store.',
    icon: 'authenticator',
    strength: 2,
    amr: ['push'],
    role: 'second-factor',
    restricted: false,
    perPerson: 5,
    life: minutes(10),
  },
  enrol: async (context) => {
    const { authenticatorId, person, now } = context
    const life = parameters.pairing.life
    const pairing = { authenticatorId, personId: person.id, now, life }
    const opened = await context.gateways.approvals.openPairing(pairing)
    return opened.ok
      ? { ok: true, state: { at: 'pairing', code: opened.code } }
      : { ok: false, problem: 'too-many-requests', extra: { retryAfter: opened.retryAfter } }
  },
  challenge: async (context) => {
    const { authenticatorId, person, company, owner, now, from } = context
    const number = newDigits(digits)
    const life = parameters.push.life
    const request = { authenticatorId, personId: person.id, company, owner, number, ...from, now, life }
    const asked = await context.gateways.approvals.ask(request)
    if (!asked.ok) return { ok: true, state: { at: 'token', why: asked.why } }
    const expiresAt = new Date(now.getTime() + life).toISOString()
    return { ok: true, state: { at: 'asked', request: asked.id, number, expiresAt, status: 'waiting' } }
  },
  prompt: (context, state) => {
    if (state.at === 'pairing') return pairingPrompt(context.origin, state.code)
    return state.at === 'asked' ? askedPrompt(context, state) : tokenPrompt(context, state.why)
  },
  verify: async (context, { credential, state }, response) => answer(context, credential, state, response),
})
