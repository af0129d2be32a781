import type { OutgoingMail } from '@countersign/core/gateways/mailer'
import { sendMail } from '@countersign/core/mail/send-mail'
import type { Portal } from './portal.ts'

/** Does the queue's work for every mail owed: to a mail server in the test's hands. @returns what it took, in order */
export const deliverMails = async (portal: Portal, up = true): Promise<OutgoingMail[]> => {
  await portal.queue.prepare()
  const taken: OutgoingMail[] = []
  const send = async (mail: OutgoingMail) => {
    if (!up) throw new Error('connect ECONNREFUSED')
    taken.push(mail)
  }
  const owed = await portal.owner<{ id: string }[]>`
    select id from mails where sent_at is null and failed_at is null order by created_at, id`
  for (const { id } of owed)
    await sendMail(portal.deps, { send, close: () => {} }, id).catch((error: unknown) => {
      if (up) throw error
    })
  return taken
}

/** The line of a mail that is nothing but a passcode. */
export const passcodeIn = (mails: OutgoingMail[], to: string): string => {
  const lines = mails.filter((mail) => mail.to === to).flatMap((mail) => mail.text.split('\n'))
  return lines.findLast((line) => /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5})?$/.test(line)) ?? ''
}

/** The secret of the newest link of a kind that somebody was mailed. */
export const secretIn = (mails: OutgoingMail[], to: string, kind: string): string => {
  const texts = mails.filter((mail) => mail.to === to).map((mail) => mail.text)
  return texts.flatMap((text) => new RegExp(`/${kind}#([\\w-]+)`).exec(text)?.[1] ?? []).at(-1) ?? ''
}
