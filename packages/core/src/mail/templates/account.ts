import { becauseMember, type Letter, type NoticeParams, notice } from '../letter.ts'

type Link = { email: string; name: string; link: string }

/** Mails about somebody's own account. */
export const account = {
  'factor-added': (p: NoticeParams & { label: string; first: boolean }) =>
    notice(
      p.first ? 'A first factor was added to your account' : 'A factor was added to your account',
      `“${p.label}” was added. From now on it can be asked for as well as your password.`,
      p,
    ),
  'factor-removed': (p: NoticeParams & { label: string }) =>
    notice('A factor was removed from your account', `“${p.label}” was removed and no longer works.`, p),
  'factor-locked': (p: NoticeParams & { label: string }) =>
    notice(
      'A factor of your account is locked',
      `“${p.label}” is locked after too many wrong codes. Use another factor or a recovery code, or ask your Security Admin.`,
      p,
    ),
  'recovery-codes-made': (p: NoticeParams) =>
    notice(
      'New recovery codes for your account',
      'ten new recovery codes were made. Older ones no longer work.',
      p,
    ),
  'recovery-code-used': (p: NoticeParams & { left: number }) =>
    notice('A recovery code was used', `a recovery code was used to sign in. ${p.left} are left.`, p),
  'password-changed': (p: NoticeParams) =>
    notice('Your password was changed', 'your password was changed.', p),
  'email-changed': (p: NoticeParams & { from: string; to: string }) =>
    notice(
      'Your e-mail address was changed',
      `the address of your account was changed from ${p.from} to ${p.to}.`,
      p,
    ),
  'name-changed': (p: NoticeParams) =>
    notice('Your name was changed', 'the name on your account was changed.', p),
  'session-ended': (p: NoticeParams) =>
    notice(
      'You were signed out in your oldest browser',
      'you signed in once more than the ten times that are kept, so the oldest of your sessions was ended. User Settings lists the others.',
      p,
    ),
  'many-wrong-codes': (p: NoticeParams) =>
    notice(
      'Wrong codes after your right password',
      'somebody entered your right password and then wrong codes. If that was not you, change your password.',
      p,
    ),
  'password-reset': (p: Link): Letter => ({
    subject: 'Choose a new password',
    paragraphs: [
      `${p.name}, somebody asked for a new password for this account. Open this page to choose one:`,
    ],
    link: { label: 'Choose a new password', url: p.link },
    codeNote: 'Works once, for 30 minutes. Your second factor is still asked for afterwards.',
    why: `${becauseMember(p.email)} If you did not ask, do nothing: your password stays as it is.`,
  }),
  'email-change': (p: Link): Letter => ({
    subject: 'Confirm your new e-mail address',
    paragraphs: [`${p.name}, you asked to use this address for your account. Open this page to confirm it:`],
    link: { label: 'Confirm this address', url: p.link },
    codeNote: 'Works once, for 24 hours.',
    why: `Sent to ${p.email} because somebody entered it as their new address. If that was not you, do nothing.`,
  }),
}
