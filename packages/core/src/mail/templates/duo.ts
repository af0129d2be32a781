import { becauseMember, type Letter } from '../letter.ts'

type Told = { email: string; name: string; company: string; origin: string }

const signIn = (p: Told) => ({ label: 'Sign in', url: `${p.origin}/login` })

/** Mails about a company's two-factor authentication with Duo. */
export const duo = {
  'duo-set-up': (p: Told & { by: string }): Letter => ({
    subject: `${p.company} now uses Duo for two-factor authentication`,
    paragraphs: [
      `${p.name}, ${p.by} set up Duo for ${p.company}. At your next sign-in you confirm with your present second factor, if you have one, and then go to Duo’s own pages.`,
      'The first time there choose “Start setup”, your kind of device, its phone number and system, and scan the code with the Duo Mobile app. It takes about three minutes; have your phone at hand.',
    ],
    link: signIn(p),
    why: becauseMember(p.email),
  }),
  'duo-reminder': (p: Told): Letter => ({
    subject: `Reminder: ${p.company} uses Duo for two-factor authentication`,
    paragraphs: [
      `${p.name}, you have not set up Duo yet. You are asked to at your next sign-in; it takes about three minutes.`,
    ],
    link: signIn(p),
    why: becauseMember(p.email),
  }),
  'temporary-passcode': (p: { email: string; name: string; company: string; code: string }): Letter => ({
    subject: 'Your temporary one-time passcode',
    paragraphs: [
      `${p.name}, your second factor of ${p.company} was reset. Enter this passcode on the sign-in page where you just entered your password:`,
    ],
    code: p.code,
    codeNote: 'Works once, for 10 minutes.',
    next: {
      title: 'Then set up a new factor',
      text: 'User Settings, “Third Party Authenticator App”, “Enable 2FA”.',
    },
    why: `${becauseMember(p.email)} If you are not signing in now, somebody else has your password: change it.`,
  }),
  'duo-reset': (p: Told & { by: string }): Letter => ({
    subject: `Duo was removed from ${p.company}`,
    paragraphs: [
      `${p.name}, ${p.by} reset organization 2FA of ${p.company}. Duo is not asked for any more, and sign-ins that rested on it have ended.`,
      'At your next sign-in, after your password, we mail you a temporary one-time passcode. It works for 10 minutes; “Email” sends it again.',
      'Then set up a factor of your own: User Settings, “Third Party Authenticator App”, “Enable 2FA”.',
    ],
    link: signIn(p),
    why: `${becauseMember(p.email)} We only ask for the passcode on our own sign-in page.`,
  }),
}
