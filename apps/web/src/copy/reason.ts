import type { Reason } from '@countersign/contract/sign-in'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const company = ({ company: name }: Reason) => name ?? 'your company'
const network = ({ network: name }: Reason) => name ?? 'this network'
const days = ({ days: count = 0 }: Reason) => (count === 1 ? '1 day' : `${count} days`)

/** The rule that decided, with its numbers, as a sentence. Exhaustive: a new rule does not compile without one. */
const sentences: Record<Reason['rule'], (reason: Reason) => string> = {
  'has-factor': () => 'You were asked because your account has a second factor.',
  'company-requires': (r) => `You were asked because ${company(r)} requires two-factor authentication.`,
  'other-company-requires': (r) =>
    `You were asked because ${company(r)}, another company of yours, requires it.`,
  'policy-unreadable': () =>
    'You were asked because we could not read your company’s rule, and asking is the safe side.',
  'no-factor': () => 'You were asked because your account has a password only.',
  'reminded-later': (r) =>
    `You were not asked because you chose to be reminded${r.at ? ` on ${day.format(new Date(r.at))}` : ' later'}.`,
  'trusted-network': (r) => `You were not asked because you passed a check on ${network(r)} ${days(r)} ago.`,
  'trust-expired': (r) => `You were asked because your last check from ${network(r)} was ${days(r)} ago.`,
  'other-network': (r) => `You were asked because this browser has not passed a check on ${network(r)} yet.`,
  'client-account': () => 'You were asked because client accounts always are.',
  duo: (r) => `You were asked because ${company(r)} uses Duo.`,
  'duo-not-for-several-companies': () =>
    'You were asked for a factor of your own because you belong to several companies, and Duo belongs to one.',
  'factor-reset': () => 'You were asked because your second factor was reset.',
  'factor-locked': () => 'You were asked because your factor is locked after too many wrong tries.',
  'application-asks': () => 'You were asked because the application you are opening wants a fresh check.',
  'not-a-member': () => 'This account belongs to no company.',
}

export const reasonSentence = (reason: Reason): string => sentences[reason.rule](reason)
