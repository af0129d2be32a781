import { type NoticeParams, notice } from '../letter.ts'

/** Mails about the Authenticator and about factors that are not to be trusted any more. */
export const authenticator = {
  'pairing-code-reused': (p: NoticeParams) =>
    notice(
      'Somebody tried your pairing code again',
      'a pairing code of your account was used, and then tried again from another device. The second device was refused. If you did not pair a device yourself, remove it under User Settings.',
      p,
    ),
  'request-disowned': (p: NoticeParams & { browser: string; address: string }) =>
    notice(
      'You refused a sign-in that was not you',
      `somebody who knows your password asked to sign in (${p.browser}, ${p.address}). We ended that sign-in. Choose a new password now: the old one is known to somebody else.`,
      p,
    ),
  'factor-compromised': (p: NoticeParams & { label: string }) =>
    notice(
      'A factor of your account may have been copied',
      `“${p.label}” answered with a counter that went back, as a copy would. It is locked. Use another factor or a recovery code, remove it, and add it again.`,
      p,
    ),
}
