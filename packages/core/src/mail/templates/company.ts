import { becauseMember, type Letter } from '../letter.ts'

type Told = { email: string; name: string; company: string; origin: string }

const signIn = (p: Told) => ({ label: 'Sign in', url: `${p.origin}/login` })

/** Mails about what a company asks of its people. */
export const company = {
  'requirement-on': (p: Told): Letter => ({
    subject: `${p.company} now requires two-factor authentication`,
    paragraphs: [
      `${p.name}, at your next sign-in you set up a second factor beside your password. It takes about two minutes.`,
      'You need your phone, a computer with an authenticator app, or a security key.',
    ],
    link: signIn(p),
    why: becauseMember(p.email),
  }),
  'requirement-announced': (p: Told & { date: string }): Letter => ({
    subject: `${p.company} requires two-factor authentication from ${p.date}`,
    paragraphs: [
      `${p.name}, from ${p.date} on you cannot sign in without a second factor beside your password.`,
      'Set one up before that day: sign in and choose “Enable 2FA”. It takes about two minutes.',
    ],
    link: signIn(p),
    why: becauseMember(p.email),
  }),
  'requirement-soon': (p: Told & { date: string; left: string }): Letter => ({
    subject: `${p.left} until ${p.company} requires two-factor authentication`,
    paragraphs: [
      `${p.name}, your account has no second factor yet. From ${p.date} on you cannot sign in without one.`,
      'Sign in and choose “Enable 2FA”. It takes about two minutes.',
    ],
    link: signIn(p),
    why: becauseMember(p.email),
  }),
  'number-enrolled': (p: Told & { by: string }): Letter => ({
    subject: 'A first factor was added to your account',
    paragraphs: [
      `${p.name}, ${p.company} now requires two-factor authentication, and the mobile number it has on file for you became your second factor.`,
      'At your next sign-in we text a code to it. Nothing needs to be set up.',
      'If that number is not yours, tell your Security Admin before you sign in.',
    ],
    why: becauseMember(p.email),
  }),
  'requirement-on-admins': (p: Told & { by: string; date: string }): Letter => ({
    subject: `${p.company} requires two-factor authentication`,
    paragraphs: [
      `${p.name}, ${p.by} turned it on for all people of ${p.company} on ${p.date}. It cannot be turned off.`,
    ],
    why: 'Sent to every Security Admin of the company.',
  }),
  'networks-changed': (p: Told & { by: string; what: string }): Letter => ({
    subject: `Trusted networks of ${p.company} were changed`,
    paragraphs: [
      `${p.name}, ${p.by} ${p.what}.`,
      'If this was not agreed, remove the network and tell your team.',
    ],
    why: 'Sent to every Security Admin of the company.',
  }),
  'break-glass': (p: Told & { by: string }): Letter => ({
    subject: `Emergency access to ${p.company}`,
    paragraphs: [
      `${p.name}, nobody was left who could act as Security Admin of ${p.company}, so the operator made ${p.by} one. Their old password and factors no longer work.`,
      'If you did not ask for this, call the operator.',
    ],
    why: 'Sent to every Security Admin of the company.',
  }),
  'mailbox-code': (p: { email: string; name: string; company: string; code: string }): Letter => ({
    subject: 'Your code to set up a second factor',
    paragraphs: [
      `${p.name}, ${p.company} requires two-factor authentication. Enter this code to set up your first factor:`,
    ],
    code: p.code,
    codeNote: 'Works once, for 10 minutes.',
    why: `${becauseMember(p.email)} If you are not signing in now, somebody else has your password: change it.`,
  }),
}
