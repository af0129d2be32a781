import type { PromptResponse } from '@countersign/contract'
import { minutes } from '../../clock.ts'
import { newToken, sameBytes } from '../../keys/tokens.ts'
import { asTyped, defineFactor, type FactorContext, type Opened, type Verdict } from '../factor.ts'

/** The name Duo knows the person by; the address they had when they were bound. */
export type DuoCredential = { username: string }

/** One visit to Duo: which connection it is for, and the 43 random characters that have to come back. */
type DuoState = { connection: string; username: string; state: string; url: string }

const redirectUrl = (context: FactorContext) => `${context.origin}/duo/callback`

const same = (a: string, b: string) => sameBytes(Buffer.from(a), Buffer.from(b))

/** Duo is asked how it is before the browser leaves for it: whoever stays can be told (attack A-51). */
const visit = async (context: FactorContext, username: string): Promise<Opened<DuoState>> => {
  const connection = await context.duo()
  if (!connection) return { ok: false, problem: 'duo-not-set-up' }
  const { duo } = context.gateways
  const state = newToken()
  const healthy = await duo.check(connection.keys)
  const prompt = healthy.ok
    ? await duo.promptUrl(connection.keys, { username, state, redirectUrl: redirectUrl(context) })
    : healthy
  // Fails closed, whatever the reason: wrong keys are no different to whoever waits at the door.
  if (!prompt.ok) return { ok: false, problem: 'duo-unavailable', extra: { detail: prompt.why } }
  return { ok: true, state: { connection: connection.id, username, state, url: prompt.url } }
}

type Judged = Verdict<DuoCredential, DuoState>

const refused = (detail: string): Judged => ({
  kind: 'wrong',
  problem: 'duo-refused',
  detail: { duo: detail },
})

const judge = async (
  context: FactorContext,
  asked: DuoState,
  callback: NonNullable<PromptResponse['callback']>,
): Promise<Judged> => {
  if (!same(asTyped(callback.state), asked.state)) return refused('state')
  if (callback.error !== undefined) return refused('denied')
  const code = asTyped(callback.duo_code ?? callback.code)
  if (!code || code.length > 1024) return refused('code')
  const connection = await context.duo()
  if (connection?.id !== asked.connection) return refused('connection')
  const proof = await context.gateways.duo.exchange(connection.keys, {
    username: asked.username,
    code,
    redirectUrl: redirectUrl(context),
  })
  // Duo's policy let them through without asking: on record as that, and no second factor (decision 21).
  if (proof.ok && proof.status === 'bypass')
    return { kind: 'waived', problem: 'duo-bypassed', detail: { duo: 'bypass' } }
  if (proof.ok) return { kind: 'accepted', credential: { username: asked.username }, name: 'Duo' }
  return proof.why === 'refused'
    ? refused(proof.detail)
    : { kind: 'unavailable', problem: 'duo-unavailable', detail: { duo: proof.why } }
}

/** Duo Universal Prompt: the company's own second factor, on Duo's pages. Works only while Duo answers. */
export const duo = defineFactor<DuoCredential, DuoState>({
  name: 'duo',
  about: {
    label: 'Duo',
    choice: 'Duo',
    sentence: 'Your company asks for it on Duo’s own pages.',
    icon: 'duo',
    strength: 2,
    amr: ['duo'],
    role: 'company',
    restricted: false,
    perPerson: 1,
    life: minutes(5),
    // One visit, one answer: a state that came back is spent, whatever it brought.
    tries: 1,
  },
  enrol: (context) => visit(context, context.person.email),
  challenge: (context, { username }) => visit(context, username),
  prompt: (_context, { url }) => ({
    kind: 'redirect',
    title: 'Continue to Duo',
    lead: 'Your company uses Duo. We take you to its pages, and Duo brings you back here.',
    url,
  }),
  recognises: ({ state }, callback) => same(asTyped(callback.state), state),
  verify: async (context, { state }, response) =>
    typeof response.callback === 'object' && response.callback !== null
      ? judge(context, state, response.callback)
      : { kind: 'unusable', problem: 'bad-request' },
})
