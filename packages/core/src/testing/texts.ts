import type { Texts } from '../gateways/texts.ts'

const tenMinutes = 10 * 60 * 1000
const checks = 5

type Pending = { code: string; until: number; checks: number }

/**
 * A text service as the real one behaves: a code lives ten minutes from its first send, is repeated until then,
 * used up by the right answer, and gone after five wrong ones. The test reads its codes and makes it fail.
 */
export const fakeTexts = (now: () => Date = () => new Date()) => {
  const pending = new Map<string, Pending>()
  const sent: { to: string; channel: string }[] = []
  const fault: { why: 'unavailable' | 'refused' | 'too-many' | null } = { why: null }
  const failure = () => fault.why && { ok: false as const, why: fault.why, code: null }
  const alive = (to: string) => {
    const one = pending.get(to)
    return one && one.until > now().getTime() ? one : undefined
  }
  const texts: Texts = {
    lineType: async (e164) => {
      const last = Number(e164.slice(-2))
      const lineType = e164.startsWith('+1613')
        ? 'unknown'
        : last < 50
          ? 'mobile'
          : last < 80
            ? 'not-mobile'
            : 'unsuitable'
      return failure() || { ok: true, lineType, detail: '' }
    },
    send: async (to, channel) => {
      const failed = failure()
      if (failed) return failed
      const code = String(100_000 + sent.length * 7919).slice(0, 6)
      if (!alive(to)) pending.set(to, { code, until: now().getTime() + tenMinutes, checks: 0 })
      sent.push({ to, channel })
      return { ok: true }
    },
    check: async (to, code) => {
      const failed = failure()
      if (failed) return failed
      const one = alive(to)
      if (!one || one.checks >= checks) return { ok: true, verdict: 'gone' }
      one.checks++
      if (one.code !== code) return { ok: true, verdict: 'wrong' }
      pending.delete(to)
      return { ok: true, verdict: 'right' }
    },
  }
  return { texts, codeFor: (to: string) => alive(to)?.code ?? '', sent, fault }
}
