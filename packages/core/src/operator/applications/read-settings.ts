import { type ApplicationSettings, applicationSettingsSchema } from '@countersign/contract'
import type { Db } from '../../db/connect.ts'

/** What an operator typed about an application; companies by name or id. Nothing here is checked yet. */
export type TypedSettings = Partial<Record<Exclude<keyof ApplicationSettings, 'companyIds'>, unknown>> & {
  companies?: string[] | null | undefined
}

const companyIdsOf = async (db: Db, names: string[]): Promise<string[]> => {
  const ids: string[] = []
  for (const name of names) {
    const [found] = await db<{ id: string }[]>`
      select id from companies where lower(name) = lower(${name}) or id::text = ${name}`
    if (!found) throw new Error(`There is no company ${name}.`)
    ids.push(found.id)
  }
  return ids
}

/** What the shape of single fields cannot say. */
const dangers = ({ kind, redirectUris, hosts, accountTypes, roles }: ApplicationSettings): string[] => {
  const found: string[] = []
  if (kind === 'oidc' && redirectUris.length === 0)
    found.push('redirectUris: an application of OpenID Connect needs one at least')
  if (kind === 'oidc' && hosts.length > 0) found.push('hosts: are for forward authentication')
  if (kind === 'forward-auth' && hosts.length === 0)
    found.push('hosts: forward authentication needs one at least')
  if (kind === 'forward-auth' && redirectUris.length > 0) found.push('redirectUris: are for OpenID Connect')
  if (!accountTypes.includes('employee') && !roles.includes('employee'))
    found.push('roles: client accounts hold no admin role, so nobody could enter')
  return found
}

/**
 * The settings of an application: those it has, with what was typed in their place.
 * @throws Error with every field that is wrong, and why
 */
export const readSettings = async (
  db: Db,
  { companies, ...typed }: TypedSettings,
  before: ApplicationSettings | null,
): Promise<ApplicationSettings> => {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined))
  const companyIds = companies && (await companyIdsOf(db, companies))
  const parsed = applicationSettingsSchema.safeParse({
    ...before,
    ...given,
    ...(companies !== undefined && { companyIds }),
  })
  const problems = parsed.success
    ? dangers(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  if (!parsed.success || problems.length > 0)
    throw new Error(`The application is not registered like this:\n- ${problems.join('\n- ')}`)
  return parsed.data
}

/** The settings among the columns of a row. */
export const settingsOf = (row: ApplicationSettings): ApplicationSettings => {
  const known = Object.keys(applicationSettingsSchema.shape)
  const entries = Object.entries(row).filter(([key]) => known.includes(key))
  return applicationSettingsSchema.parse(Object.fromEntries(entries))
}
