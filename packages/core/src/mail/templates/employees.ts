import { becauseMember, type Letter, type NoticeParams, notice } from '../letter.ts'

const roleWords = { employee: 'Employee', admin: 'Admin', security_admin: 'Security Admin' }

/** Mails about belonging to a company. No name of a person stands in a subject. */
export const employees = {
  invitation: (p: {
    email: string
    name: string
    company: string
    inviter: string
    link: string
  }): Letter => ({
    subject: `You are invited to join ${p.company}`,
    paragraphs: [
      `${p.name}, ${p.inviter} of ${p.company} has added you to the company’s partner portal. Open this page to join:`,
    ],
    link: { label: `Join ${p.company}`, url: p.link },
    codeNote: 'Works once, for 72 hours. Opening the page does not join by itself.',
    why: `Sent to ${p.email} because ${p.company} entered this address. If you do not know them, do nothing.`,
  }),
  'role-changed': (p: NoticeParams & { company: string; role: keyof typeof roleWords }) =>
    notice(
      `Your role at ${p.company} was changed`,
      `an administrator changed your role at ${p.company}: you are now ${roleWords[p.role]}. Sign in again to go on.`,
      p,
    ),
  'number-on-file-changed': (p: NoticeParams & { company: string; number: string | null }) =>
    notice(
      `Your mobile number at ${p.company} was changed`,
      p.number
        ? `an administrator changed the mobile number that ${p.company} has on file for you, to one ending in ${p.number}. Factors you have set up are as they were.`
        : `an administrator removed the mobile number that ${p.company} had on file for you. Factors you have set up are as they were.`,
      p,
    ),
  'enrol-reminder': (p: { email: string; name: string; company: string; link: string }): Letter => ({
    subject: `Set up two-factor authentication for ${p.company}`,
    paragraphs: [
      `${p.name}, your account has no second factor yet. ${p.company} asks you to set one up; it takes about a minute.`,
    ],
    link: { label: 'Sign in and set it up', url: p.link },
    why: becauseMember(p.email),
  }),
}
