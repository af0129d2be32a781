import { becauseMember, type Letter, type NoticeParams, notice } from '../letter.ts'
import { when } from '../when.ts'

type ToAdmin = { email: string; name: string; company: string }

/** A passcode's mail: nobody is signed in by a click, and with two halves not by the mailbox alone. */
type Passcode = {
  email: string
  name: string
  sender: string
  company: string
  code: string
  half: boolean
  expiresAt: string
  link: string
}

const toAdmin = (p: ToAdmin) => `Sent to ${p.email} because you are a Security Admin of ${p.company}.`

/** Mails about the ways back into an account. */
export const recovery = {
  passcode: (p: Passcode): Letter => ({
    subject: p.half ? 'The first half of your one-time passcode' : 'Your one-time passcode',
    paragraphs: [
      `${p.name}, ${p.sender} of ${p.company} sends you ${p.half ? 'the first half of ' : ''}a one-time passcode, so that you can sign in and set up a new second factor.`,
    ],
    code: p.code,
    codeNote: `Works once, until ${when(p.expiresAt)}.`,
    next: {
      title: 'What to do',
      text: p.half
        ? `Go to ${p.link}, enter your password, choose “One-time passcode”, and type this half. ${p.sender} reads the other half out to you on the telephone.`
        : `Go to ${p.link}, enter your password, and choose “One-time passcode”. You will then choose a new password and set up a new factor.`,
    },
    why: `${becauseMember(p.email)} If you did not ask ${p.sender} for this, tell them: somebody may be pretending to be you.`,
  }),
  'passcode-used': (p: NoticeParams) =>
    notice(
      'A one-time passcode was used',
      'your password and a one-time passcode were entered. A new password and a new factor come next; until then everything stays as it was.',
      p,
    ),
  'account-recovered': (p: NoticeParams) =>
    notice(
      'Your account was recovered',
      'a new password and a new factor were set up with a one-time passcode. Your old factors, recovery codes and sign-ins no longer work.',
      p,
    ),
  'phone-change-asked': (p: NoticeParams & { number: string; readyAt: string; cancel: string }): Letter => ({
    ...notice(
      'Somebody wants to change your phone number',
      `your right password was entered, and the number ${p.number} shall become your phone for two-factor authentication. Unless you object it does on ${when(p.readyAt)}. Until then your old factors work on.`,
      p,
    ),
    link: { label: 'Cancel this request', url: p.cancel },
  }),
  'phone-change-cancelled': (p: NoticeParams & { number: string }) =>
    notice(
      'Your phone number stays as it was',
      `the request to change your phone number to ${p.number} was cancelled. If you did not make that request, somebody knows your password: change it.`,
      p,
    ),
  'phone-changed': (p: NoticeParams & { number: string }) =>
    notice(
      'Your phone number was changed',
      `your phone for two-factor authentication is now ${p.number}. The number before it no longer works.`,
      p,
    ),
  'phone-change-admin': (p: ToAdmin & { who: string; readyAt: string; link: string }): Letter => ({
    subject: `${p.who} asks for a new phone number`,
    paragraphs: [
      `${p.name}, ${p.who} signed in with the right password and without the old phone. The new number takes effect on ${when(p.readyAt)}. You can approve it earlier or decline it, once you know that it is ${p.who} who asks.`,
    ],
    link: { label: 'Company Settings', url: p.link },
    why: toAdmin(p),
  }),
  'many-passcodes': (p: ToAdmin & { sender: string }): Letter => ({
    subject: `${p.sender} sent many one-time passcodes`,
    paragraphs: [
      `${p.name}, ${p.sender} sent five one-time passcodes within an hour. If you cannot explain that, ask ${p.sender}, and look at the audit log.`,
    ],
    why: toAdmin(p),
  }),
  'caller-mismatch': (p: ToAdmin & { who: string; admin: string; by: string }): Letter => ({
    subject: 'A caller may be pretending to be somebody else',
    paragraphs: [
      `${p.name}, ${p.by} reported that the three words of a caller check did not match. The call was between ${p.admin} and somebody who said to be ${p.who}. Send ${p.who} no passcode before you have spoken to them.`,
    ],
    why: toAdmin(p),
  }),
  'member-locked-out': (p: ToAdmin & { who: string; link: string }): Letter => ({
    subject: `${p.who} is locked out`,
    paragraphs: [
      `${p.name}, after too many wrong codes ${p.who} has no factor left that works. A recovery code or a one-time passcode from you lets them set up a new one.`,
    ],
    link: { label: 'Manage Employees', url: p.link },
    why: toAdmin(p),
  }),
}
