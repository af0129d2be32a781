import type { Channel } from '@countersign/contract'

/** What the provider knows of a number. Unsuitable: premium, shared-cost, pager, voicemail, toll-free … */
export type LineType = 'mobile' | 'not-mobile' | 'unknown' | 'unsuitable'

export type LookupResult = { ok: true; lineType: LineType; detail: string } | TextsFailure
export type SendResult = { ok: true } | TextsFailure
export type CheckResult = { ok: true; verdict: 'right' | 'wrong' | 'gone' } | TextsFailure

/**
 * - unavailable: no answer, a time-out, 5xx, nonsense, or our own credentials are refused
 * - refused: the provider will not deliver to this number (geo permission, fraud guard, landline …)
 * - too-many: the provider's own limit
 */
export type TextsFailure = { ok: false; why: 'unavailable' | 'refused' | 'too-many'; code: number | null }

/** Codes by text message and phone call, made and checked by the provider. */
export type Texts = {
  lineType: (e164: string) => Promise<LookupResult>
  /** Sends a code; while one is pending for this number, the same one again. */
  send: (e164: string, channel: Channel) => Promise<SendResult>
  /** Gone: nothing is pending for this number (expired, used, or out of tries at the provider). */
  check: (e164: string, code: string) => Promise<CheckResult>
}
