import twilio from 'twilio'
import type { LineType, Texts, TextsFailure } from './texts.ts'

export type TwilioSettings = {
  accountSid: string
  authToken: string
  verifyServiceSid: string
  /** Other addresses for the sandbox; Twilio's own without. */
  verifyUrl?: string | undefined
  lookupsUrl?: string | undefined
  timeoutMs?: number
}

/** Lookup v2 line_type_intelligence types → ours. VoIP numbers take texts; Twilio "Line type intelligence". */
const lineTypes: Record<string, LineType> = {
  mobile: 'mobile',
  nonFixedVoip: 'mobile',
  fixedVoip: 'not-mobile',
  landline: 'not-mobile',
  personal: 'not-mobile',
  uan: 'not-mobile',
  unknown: 'unknown',
  premium: 'unsuitable',
  sharedCost: 'unsuitable',
  tollFree: 'unsuitable',
  pager: 'unsuitable',
  voicemail: 'unsuitable',
}

/** Twilio's limits: concurrent requests, checks, sends, and plain HTTP rate. */
const tooMany = new Set([20429, 60202, 60203, 60212])

/** An answer that is not Twilio's own: a proxy's page, another service, half a body. */
const nonsense: TextsFailure = { ok: false, why: 'unavailable', code: null }

/** Twilio's word for each state of a verification; anything else is not an answer. */
const statuses = ['pending', 'approved', 'canceled', 'max_attempts_reached', 'deleted', 'failed', 'expired']

const failure = (error: unknown): TextsFailure => {
  const { status, code } = error as { status?: unknown; code?: unknown }
  const number = typeof code === 'number' ? code : null
  if (typeof status !== 'number' || status >= 500 || status === 401)
    return { ok: false, why: 'unavailable', code: number }
  if (status === 429 || (number !== null && tooMany.has(number)))
    return { ok: false, why: 'too-many', code: number }
  return { ok: false, why: 'refused', code: number }
}

/**
 * Twilio Verify v2 and Lookup v2 through the official client. Twilio makes, keeps and checks the codes: no live
 * code of theirs is ever in our database. Every outcome is a value; unknown 4xx mean "cannot send here".
 */
export const createTwilioTexts = (settings: TwilioSettings): Texts => {
  const client = twilio(settings.accountSid, settings.authToken, { timeout: settings.timeoutMs ?? 8000 })
  if (settings.verifyUrl) client.verify.baseUrl = settings.verifyUrl
  if (settings.lookupsUrl) client.lookups.baseUrl = settings.lookupsUrl
  const service = () => client.verify.v2.services(settings.verifyServiceSid)
  return {
    lineType: async (e164) => {
      try {
        const found = await client.lookups.v2.phoneNumbers(e164).fetch({ fields: 'line_type_intelligence' })
        if (typeof found.valid !== 'boolean') return nonsense
        const type = found.lineTypeIntelligence?.type ?? null
        if (!found.valid) return { ok: true, lineType: 'unsuitable', detail: 'invalid' }
        return { ok: true, lineType: lineTypes[type ?? ''] ?? 'unknown', detail: type ?? 'unknown' }
      } catch (error) {
        return failure(error)
      }
    },
    send: async (e164, channel) => {
      try {
        const made = await service().verifications.create({ to: e164, channel })
        return /^VE/.test(made.sid) && made.status === 'pending' ? { ok: true } : nonsense
      } catch (error) {
        return failure(error)
      }
    },
    check: async (e164, code) => {
      try {
        const check = await service().verificationChecks.create({ to: e164, code })
        if (!statuses.includes(check.status) || typeof check.valid !== 'boolean') return nonsense
        return { ok: true, verdict: check.status === 'approved' && check.valid ? 'right' : 'wrong' }
      } catch (error) {
        const failed = failure(error)
        // 20404: nothing pending; 60202: Twilio's own five checks are spent. Either way a new code is needed.
        if (failed.code === 20404 || failed.code === 60202) return { ok: true, verdict: 'gone' }
        return failed
      }
    },
  }
}
