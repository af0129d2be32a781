import type { Deps } from '../deps.ts'
import type { Mailer } from '../gateways/mailer.ts'
import { asHtml, asText } from './layout.ts'
import { mailBinding } from './queue-mail.ts'
import { letterOf, type MailParams, type MailTemplate } from './templates/index.ts'

/**
 * The queue's task: delivers one owed mail. A failure is noted and thrown, so that the queue tries again later;
 * after the last try the mail is given up, and what it would have said is wiped.
 */
export const sendMail = async (deps: Deps, mailer: Mailer, id: string, isLast = false): Promise<void> => {
  const [mail] = await deps.sql<{ recipient: string; template: MailTemplate; params: string }[]>`
    select recipient, template, params from mails where id = ${id} and sent_at is null and params is not null`
  if (!mail) return
  const letter = letterOf(
    mail.template,
    deps.seal.open(mail.params, mailBinding(id)) as MailParams[MailTemplate],
  )
  try {
    // The same id at every try: a mail server that took it already can tell.
    await mailer.send({
      id,
      to: mail.recipient,
      subject: letter.subject,
      text: asText(letter),
      html: asHtml(letter),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
    await deps.sql`
      update mails set tries = tries + 1, last_error = ${reason},
        failed_at = case when ${isLast} then ${deps.clock.now()}::timestamptz end,
        params = case when ${isLast} then null else params end
      where id = ${id}`
    throw error
  }
  await deps.sql`update mails set sent_at = ${deps.clock.now()}, params = null, tries = tries + 1, last_error = null where id = ${id}`
}
