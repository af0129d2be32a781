import { allowInsecureRequests, ClientSecretBasic, type Configuration, discovery } from 'openid-client'

export const appNames = ['portal', 'backup'] as const
export type AppName = (typeof appNames)[number]

/** One of the two applications that a newcomer can enter, as anybody would write one with `openid-client`. */
export type RelyingParty = {
  name: AppName
  title: string
  about: string
  clientId: string
  /** Where it lives, and where people come back to after signing out. */
  home: () => string
  callback: () => string
  issuer: string
  configuration: () => Promise<Configuration>
}

export type AppSettings = { issuer: string; secrets: Record<AppName, string> }

const known: Record<AppName, { title: string; about: string; clientId: string }> = {
  portal: {
    title: 'Partner Portal',
    about: 'Deals, price lists and training, for employees of partner companies.',
    clientId: 'partner-portal',
  },
  backup: {
    title: 'Backup',
    about: 'Backups and restores, for employees and client accounts.',
    clientId: 'backup',
  },
}

/** Asks once where everything is (OpenID Connect Discovery); after a failure it asks again. */
const discovered = ({ issuer, secrets }: AppSettings, name: AppName) => {
  let found: Promise<Configuration> | undefined
  return () => {
    found ??= discovery(new URL(issuer), known[name].clientId, undefined, ClientSecretBasic(secrets[name]), {
      // Plain HTTP is for the loopback, where the portal of a first try runs.
      execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
      timeout: 10,
    }).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
}

export const createRelyingParty = (
  name: AppName,
  settings: AppSettings,
  baseUrl: () => string,
): RelyingParty => {
  const home = () => `${baseUrl()}/apps/${name}`
  return {
    name,
    ...known[name],
    home,
    callback: () => `${home()}/callback`,
    issuer: settings.issuer,
    configuration: discovered(settings, name),
  }
}
