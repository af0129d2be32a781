import type { Letter } from '../letter.ts'
import { account } from './account.ts'
import { authenticator } from './authenticator.ts'
import { company } from './company.ts'
import { duo } from './duo.ts'
import { employees } from './employees.ts'
import { recovery } from './recovery.ts'

/** Every mail there is; a feature adds its file here. */
const templates = { ...account, ...authenticator, ...company, ...duo, ...recovery, ...employees }

export type MailTemplate = keyof typeof templates
/** What each template is filled with. */
export type MailParams = { [T in MailTemplate]: Parameters<(typeof templates)[T]>[0] }

export const letterOf = <T extends MailTemplate>(template: T, params: MailParams[T]): Letter =>
  (templates[template] as (params: MailParams[T]) => Letter)(params)
