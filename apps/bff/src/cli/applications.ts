import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import * as applications from '@countersign/core/db/stores/applications/applications'
import type { Deps } from '@countersign/core/deps'
import {
  disableApplication,
  enableApplication,
  rotateSecret,
} from '@countersign/core/operator/applications/change'
import type { TypedSettings } from '@countersign/core/operator/applications/read-settings'
import { editApplication, registerApplication } from '@countersign/core/operator/applications/register'
import { counted } from './counted.ts'
import { Refusal } from './refusal.ts'

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

/** What can be said about an application; those that may stand there several times replace the whole list. */
export const applicationOptions = {
  name: text,
  kind: text,
  redirect: texts,
  'after-sign-out': texts,
  'back-channel': text,
  host: texts,
  home: text,
  colour: text,
  logo: text,
  signing: text,
  company: texts,
  account: texts,
  role: texts,
  factors: text,
  'max-age': text,
  public: { type: 'boolean' },
} as const

export const applicationUsage = `
  application add <client-id> --name <name> --redirect <address>   an application of OpenID Connect; prints its secret
  application add <client-id> --name <name> --kind forward-auth --host <name>
                                                            one behind nginx, Caddy or Traefik
  application edit <client-id> …                            what is named changes, the rest stays
  application list                                          applications, who may enter, what they ask
  application rotate-secret <client-id>                     a new secret; the old one ends at once
  application disable <client-id>, enable <client-id>       nobody enters; everybody again

    --after-sign-out <address>  --back-channel <address>  --home <address>   --public: without a secret
    --colour <#rrggbb>  --logo <file>  --signing RS256|ES256
    --company <name>  --account employee|client  --role employee|admin|security_admin   who may enter
    --factors 1|2  --max-age <seconds>   how strong and how fresh; "none" empties a field`

type Values = { [K in keyof typeof applicationOptions]?: unknown }

const types: Record<string, string> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
}

/** A picture of the operator's disk as data, because our pages load pictures from nowhere else. */
const logoOf = (given: string): string => {
  if (given.startsWith('data:')) return given
  const type = types[extname(given).toLowerCase()]
  if (!type) throw new Refusal('--logo: a file of type png, svg, webp or jpeg.')
  try {
    return `data:${type};base64,${readFileSync(given).toString('base64')}`
  } catch {
    throw new Refusal(`--logo: ${given} cannot be read.`)
  }
}

const none = (value: unknown) => value === 'none' || (Array.isArray(value) && value[0] === 'none')
const orNull = <T>(value: unknown, read: (given: string) => T): T | null | undefined =>
  value === undefined ? undefined : none(value) ? null : read(String(value))
const listOf = (value: unknown) => (none(value) ? [] : value)

const settingsIn = (clientId: string, values: Values): TypedSettings & { clientId: string } => ({
  clientId,
  name: values.name,
  kind: values.kind,
  redirectUris: listOf(values.redirect),
  postLogoutRedirectUris: listOf(values['after-sign-out']),
  backchannelLogoutUri: orNull(values['back-channel'], String),
  hosts: listOf(values.host),
  homeUrl: orNull(values.home, String),
  colour: orNull(values.colour, (one) => one.toLowerCase()),
  logo: orNull(values.logo, logoOf),
  signingAlg: values.signing,
  companies: none(values.company) ? null : (values.company as string[] | undefined),
  accountTypes: values.account,
  roles: values.role,
  minimumAal: values.factors === undefined ? undefined : Number(values.factors),
  maxAge: orNull(values['max-age'], Number),
})

const clientIdOf = (words: string[]): string => {
  const [clientId] = words
  if (!clientId) throw new Refusal('Name the application by its client id.')
  return clientId
}

const shown = (secret: string) => `Its secret, shown this once:\n${secret}`

const line = (row: applications.ApplicationRow): string =>
  [
    row.clientId,
    row.name,
    row.kind,
    row.disabledAt ? 'DISABLED' : 'in use',
    row.kind === 'oidc' ? (row.secretHash ? 'with a secret' : 'public') : row.hosts.join(' '),
    `${row.companyIds ? counted(row.companyIds.length, 'company', 'companies') : 'every company'}, ${row.accountTypes.join('+')}, ${row.roles.join('+')}`,
    `${counted(row.minimumAal, 'factor')}${row.maxAge ? `, at most ${row.maxAge} s ago` : ''}`,
  ].join('\t')

type Command = (deps: Deps, words: string[], values: Values) => Promise<string>

/** Applications are the operator's, so they are managed here and by no page. */
export const applicationCommands: Record<string, Command> = {
  'application add': async (deps, words, values) => {
    const settings = settingsIn(clientIdOf(words), values)
    const { secret } = await registerApplication(deps, settings, { isPublic: values.public === true })
    const where =
      settings.kind === 'forward-auth'
        ? `Registered ${settings.clientId}. Its proxy asks ${deps.origin}/forward-auth (docs/forward-auth.md)`
        : `Registered ${settings.clientId}. Its settings are at ${deps.origin}/.well-known/openid-configuration`
    return secret === null ? where : `${where}\n${shown(secret)}`
  },
  'application edit': async (deps, words, values) => {
    const clientId = clientIdOf(words)
    await editApplication(deps, settingsIn(clientId, values))
    return `Changed ${clientId}.`
  },
  'application list': async (deps) =>
    (await applications.list(deps.sql)).map(line).join('\n') || 'There is no application yet.',
  'application rotate-secret': async (deps, words) => shown(await rotateSecret(deps, clientIdOf(words))),
  'application disable': async (deps, words) => {
    await disableApplication(deps, clientIdOf(words))
    return 'Disabled: nobody enters it any more.'
  },
  'application enable': async (deps, words) => {
    await enableApplication(deps, clientIdOf(words))
    return 'In use again.'
  },
}
