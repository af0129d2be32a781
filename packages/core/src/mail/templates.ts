/** A mail as data: the layout makes text and HTML of it. Subject is the heading; no button signs anybody in. */
export type Letter = {
  subject: string
  paragraphs: string[]
  /** A code on a plate of its own; in the text part a line of its own. */
  code?: string
  /** Below the code: until when and how often it works. */
  codeNote?: string
  /** One address to open; opening it changes nothing by itself. */
  link?: { label: string; url: string }
  next?: { title: string; text: string }
  notMe?: { url: string; effect: string }
  /** Why this was sent to this address. */
  why: string
}

type Common = { email: string; name: string; when: string; where: string; notMe?: string }

/** What each template is filled with. A new mail is a line here and one below. */
export type MailParams = {
  'factor-added': Common & { label: string; first: boolean }
  'factor-removed': Common & { label: string }
  'recovery-codes-made': Common
  'recovery-code-used': Common & { left: number }
  'password-changed': Common
  'password-reset': { email: string; name: string; link: string }
  'email-change': { email: string; name: string; link: string }
  'email-changed': Common & { from: string; to: string }
  'name-changed': Common
  'many-wrong-codes': Common
  'factor-locked': Common & { label: string }
}
export type MailTemplate = keyof MailParams

const member = (email: string) => `Sent to ${email} because it is the address of your account.`

const notice = (subject: string, sentence: string, p: Common): Letter => ({
  subject,
  paragraphs: [`${p.name}, ${sentence}`, `When: ${p.when}. Where: ${p.where}.`],
  ...(p.notMe
    ? {
        notMe: {
          url: p.notMe,
          effect: 'We sign the account out everywhere and send a link for a new password.',
        },
      }
    : {}),
  why: member(p.email),
})

const templates: { [T in MailTemplate]: (params: MailParams[T]) => Letter } = {
  'factor-added': (p) =>
    notice(
      p.first ? 'A first factor was added to your account' : 'A factor was added to your account',
      `“${p.label}” was added. From now on it can be asked for as well as your password.`,
      p,
    ),
  'factor-removed': (p) =>
    notice('A factor was removed from your account', `“${p.label}” was removed and no longer works.`, p),
  'recovery-codes-made': (p) =>
    notice(
      'New recovery codes for your account',
      'ten new recovery codes were made. Older ones no longer work.',
      p,
    ),
  'recovery-code-used': (p) =>
    notice('A recovery code was used', `a recovery code was used to sign in. ${p.left} are left.`, p),
  'password-changed': (p) => notice('Your password was changed', 'your password was changed.', p),
  'email-changed': (p) =>
    notice(
      'Your e-mail address was changed',
      `the address of your account was changed from ${p.from} to ${p.to}.`,
      p,
    ),
  'name-changed': (p) => notice('Your name was changed', 'the name on your account was changed.', p),
  'many-wrong-codes': (p) =>
    notice(
      'Wrong codes after your right password',
      'somebody entered your right password and then wrong codes. If that was not you, change your password.',
      p,
    ),
  'factor-locked': (p) =>
    notice(
      'A factor of your account is locked',
      `“${p.label}” is locked after too many wrong codes. Use another factor or a recovery code, or ask your Security Admin.`,
      p,
    ),
  'password-reset': (p) => ({
    subject: 'Choose a new password',
    paragraphs: [
      `${p.name}, somebody asked for a new password for this account. Open this page to choose one:`,
    ],
    link: { label: 'Choose a new password', url: p.link },
    codeNote: 'Works once, for 30 minutes. Your second factor is still asked for afterwards.',
    why: `${member(p.email)} If you did not ask, do nothing: your password stays as it is.`,
  }),
  'email-change': (p) => ({
    subject: 'Confirm your new e-mail address',
    paragraphs: [`${p.name}, you asked to use this address for your account. Open this page to confirm it:`],
    link: { label: 'Confirm this address', url: p.link },
    codeNote: 'Works once, for 24 hours.',
    why: `Sent to ${p.email} because somebody entered it as their new address. If that was not you, do nothing.`,
  }),
}

export const letterOf = <T extends MailTemplate>(template: T, params: MailParams[T]): Letter =>
  templates[template](params)
