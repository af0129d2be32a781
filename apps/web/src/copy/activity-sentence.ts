import type { ActivityRow } from '@countersign/contract/session'

type Row = Pick<ActivityRow, 'event' | 'outcome' | 'factorLabel' | 'detail'>
type Sentence = { what: string; more?: string | undefined }

const text = (row: Row, key: string): string | undefined => {
  const value = row.detail[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
const quoted = (row: Row, key: string): string | undefined => {
  const value = text(row, key)
  return value && `“${value}”`
}
const number = (row: Row, key: string): number => Number(row.detail[key] ?? 0)

/** A label in the middle of a sentence: names keep their capital. */
export const inSentence = (label: string): string =>
  /^(Countersign|Duo)\b/u.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)

const factor = ({ factorLabel }: Row, deed: string): string =>
  factorLabel ? `Factor ${deed}: ${inSentence(factorLabel)}` : `A factor was ${deed}`
const withFactor = ({ factorLabel }: Row): string =>
  factorLabel ? inSentence(factorLabel) : 'a second factor'

const wrongCode = (row: Row): Sentence => {
  const what = row.detail.problem === 'duo-refused' ? 'Duo refused a sign-in' : 'A wrong code was entered'
  return {
    what,
    more: row.detail.locked === true ? 'The factor is locked now' : (row.factorLabel ?? undefined),
  }
}

const signedIn = (row: Row): Sentence => {
  if (row.factorLabel) return { what: 'Signed in', more: `with your password and ${withFactor(row)}` }
  if (text(row, 'rule') === 'trusted-network')
    return {
      what: 'Signed in without being asked',
      more: `on ${text(row, 'network') ?? 'a trusted network'}`,
    }
  return {
    what: 'Signed in',
    more: text(row, 'rule') === 'reminded-later' ? 'with your password' : undefined,
  }
}

const password = (row: Row): Sentence =>
  row.outcome === 'failed'
    ? { what: 'A wrong password was entered' }
    : { what: 'Your right password was entered', more: 'The sign-in was not finished' }

const profile = (row: Row): Sentence => {
  if (text(row, 'field') === 'email') return { what: 'A new e-mail address was asked for' }
  return { what: text(row, 'field') === 'name' ? 'Your name was changed' : 'Your profile was changed' }
}

const sessions = (row: Row): Sentence => {
  const count = number(row, 'count')
  if (row.detail.reason === 'too-many')
    return { what: 'Signed out in the oldest browser', more: 'to make room for a new one' }
  return { what: count === 1 ? 'One session was signed out' : `${count} sessions were signed out` }
}

/** What happened, as the person it happened to would say it. */
const sentences: Record<string, (row: Row) => Sentence> = {
  'sign-in.password': password,
  'sign-in.factor': wrongCode,
  'sign-in.finished': signedIn,
  'sign-in.reminded': () => ({ what: 'Put two-factor authentication off', more: 'for 48 hours' }),
  'sign-in.throttled': () => ({ what: 'A sign-in had to wait', more: 'after too many wrong passwords' }),
  'sign-out': () => ({ what: 'Signed out' }),
  'session.revoked': sessions,
  'step-up': (row) =>
    row.outcome === 'failed'
      ? wrongCode(row)
      : { what: 'Confirmed it was you', more: `with ${withFactor(row)}` },
  'code.sent': (row) => ({
    what: text(row, 'channel') === 'call' ? 'A code was read out by call' : 'A code was sent',
  }),
  'code.not-sent': () => ({ what: 'A code could not be sent' }),
  'authenticator.added': (row) => ({ what: factor(row, 'added'), more: quoted(row, 'name') }),
  'authenticator.renamed': (row) => ({ what: 'A factor was renamed', more: quoted(row, 'name') }),
  'authenticator.removed': (row) => ({
    what: factor(row, 'removed'),
    more: quoted(row, 'name'),
  }),
  'authenticator.locked': (row) => ({
    what: factor(row, 'locked'),
    more: 'after too many wrong codes',
  }),
  'recovery-codes.made': () => ({ what: 'New recovery codes were made' }),
  'recovery-code.used': (row) => ({
    what: 'A recovery code was used',
    more: `${number(row, 'left')} are left`,
  }),
  'password.changed': () => ({ what: 'Your password was changed' }),
  'password.reset-asked': () => ({ what: 'A link for a new password was asked for' }),
  'password.reset': () => ({ what: 'A new password was chosen', more: 'by a mailed link' }),
  'profile.changed': profile,
  'email.changed': () => ({ what: 'Your e-mail address was changed' }),
  'not-me': () => ({ what: '“This wasn’t me” was pressed', more: 'You were signed out everywhere' }),
  'company.entered': () => ({ what: 'Chose the company to act in' }),
  'application.entered': (row) => ({ what: `You opened ${text(row, 'application') ?? 'an application'}` }),
  'application.refused': (row) => ({
    what: `You were not let into ${text(row, 'application') ?? 'an application'}`,
  }),
  'trust.ended': (row) => ({
    what: 'A browser is asked again',
    more: `on ${text(row, 'network') ?? 'a trusted network'}`,
  }),
  'trust.reused': () => ({
    what: 'A copy of a trusted browser was used',
    more: 'It was asked for the second factor, and no longer is trusted',
  }),
  'mailbox.proven': () => ({ what: 'Your mailbox was proven', more: 'before a first factor was added' }),
  'passcode.sent': () => ({ what: 'A Security Admin sent you a one-time passcode' }),
  'passcode.refused': () => ({ what: 'A one-time passcode was not sent' }),
  'passcode.used': () => ({ what: 'A one-time passcode was used' }),
  'recovery.password-chosen': () => ({
    what: 'A new password was chosen',
    more: 'after a one-time passcode',
  }),
  'recovery.finished': () => ({ what: 'Your account is yours again', more: 'Older factors no longer work' }),
  'phone-change.asked': () => ({ what: 'A change of your phone number was asked for' }),
  'phone-change.cancelled': () => ({ what: 'A change of your phone number was cancelled' }),
  'phone-change.done': () => ({ what: 'Your phone number was changed' }),
}

/** "authenticator.added" → "Authenticator added", for events that have no sentence here yet. */
const plain = ({ event }: Row): Sentence => {
  const words = event.replaceAll(/[.-]/gu, ' ')
  return { what: words.charAt(0).toUpperCase() + words.slice(1) }
}

export const activitySentence = (row: Row): Sentence => (sentences[row.event] ?? plain)(row)
