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

/** What every notice of a change says: who, when, from where, and the way to object. */
export type NoticeParams = { email: string; name: string; when: string; where: string; notMe?: string }

export const becauseMember = (email: string) => `Sent to ${email} because it is the address of your account.`

/** A notice of a change to somebody's own account. */
export const notice = (subject: string, sentence: string, p: NoticeParams): Letter => ({
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
  why: becauseMember(p.email),
})
