import type { Db } from '../db/connect.ts'
import * as links from '../db/stores/people/links.ts'
import type { Caller, Deps } from '../deps.ts'
import { parameters } from '../policy/parameters.ts'
import { describeBrowser } from './browser.ts'
import { queueMail } from './queue-mail.ts'
import type { MailParams, MailTemplate } from './templates/index.ts'
import { when } from './when.ts'

/** Templates that tell a person of a change to their own account. */
export type Notice = {
  [T in MailTemplate]: MailParams[T] extends { when: string } ? T : never
}[MailTemplate]

type Common = 'email' | 'name' | 'when' | 'where' | 'notMe'

/** Tells a person of a change, at every address given, with a link for "this wasn’t me" that is inert when opened. */
export const notify = async <T extends Notice>(
  db: Db,
  deps: Deps,
  caller: Caller,
  person: { id: string; name: string; email: string },
  notice: { template: T; key: string; extra: Omit<MailParams[T], Common>; addresses?: string[] },
) => {
  const now = deps.clock.now()
  for (const email of notice.addresses ?? [person.email]) {
    const token = await links.create(db, {
      kind: 'not-me',
      personId: person.id,
      life: parameters.notMeLink.life,
      now,
    })
    const common = {
      email,
      name: person.name,
      when: when(now),
      where: `${describeBrowser(caller.userAgent)}, ${caller.address}`,
      notMe: `${deps.origin}/not-me#${token}`,
    }
    await queueMail(db, deps, {
      key: `${notice.template}:${notice.key}:${email}`,
      to: email,
      template: notice.template,
      params: { ...common, ...notice.extra } as unknown as MailParams[T],
      personId: person.id,
    })
  }
}
