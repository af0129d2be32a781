import { z } from 'zod'
import { type AccountType, accountTypes, type Role, roles } from './session.ts'

export const applicationKinds = ['oidc', 'forward-auth'] as const

/** How ID tokens of an application are signed; RS256 is what every client knows (OpenID Connect Core §15.1). */
export const signingAlgs = ['RS256', 'ES256'] as const

/** Every rule that can decide whether somebody enters an application. */
export const entryRules = [
  'may-enter',
  'application-disabled',
  'company-not-chosen',
  'other-company',
  'other-account-type',
  'other-role',
  'application-asks-factor',
  'request-asks-factor',
  'company-requires',
  'too-long-ago',
  'asked-anew',
] as const

/** Who can change it where somebody is refused. */
export type WhomToAsk = 'operator' | 'security-admin' | 'support'

/** The rule that decided an entry, with what the sentence on the screen needs. */
export type EntryReason = {
  rule: (typeof entryRules)[number]
  application: string
  company?: string | undefined
  /** Companies of the person from which the application may be entered. */
  enterFrom?: string[] | undefined
  accountTypes?: AccountType[] | undefined
  roles?: Role[] | undefined
  /** Seconds since the last check at most. */
  maxAge?: number | undefined
  ask?: WhomToAsk | undefined
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** An address somebody may be sent to: whole, without wildcard, user name or fragment (RFC 9700 §4.1.3, RFC 6749 §3.1.2). */
const address = z
  .string()
  .max(2048)
  .refine((text) => {
    if (!URL.canParse(text) || /[*\s\\]/.test(text)) return false
    const url = new URL(text)
    const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
    return safe && !url.username && !url.password && !text.includes('#')
  }, 'must be a whole https: address (http: on the loopback only), without * or #')

/** A logo is shown by our own pages, whose policy loads pictures from nowhere else: it is data or comes from us. */
const logo = z
  .string()
  .max(65_536)
  .regex(
    /^(data:image\/(png|svg\+xml|webp|jpeg);base64,[\w+/=]+|\/(?!\/)[\w./-]+)$/,
    'must be a data:image/… address in base64, or a path of this portal',
  )

const host = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'must be a host name in lower case, without *')

/** What the operator says about an application; anything left out is as it is for a new one. */
export const applicationSettingsSchema = z
  .object({
    clientId: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,62}$/, 'must be lower-case letters, digits, . _ -'),
    name: z.string().trim().min(1).max(80),
    kind: z.enum(applicationKinds).default('oidc'),
    logo: logo.nullable().default(null),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/, 'must be written like #1a2b3c')
      .nullable()
      .default(null),
    signingAlg: z.enum(signingAlgs).default('RS256'),
    redirectUris: z.array(address).max(20).default([]),
    postLogoutRedirectUris: z.array(address).max(20).default([]),
    backchannelLogoutUri: address.nullable().default(null),
    hosts: z.array(host).max(20).default([]),
    homeUrl: address.nullable().default(null),
    companyIds: z.array(z.uuid()).min(1).nullable().default(null),
    accountTypes: z
      .array(z.enum(accountTypes))
      .min(1)
      .default([...accountTypes]),
    roles: z
      .array(z.enum(roles))
      .min(1)
      .default([...roles]),
    minimumAal: z.union([z.literal(1), z.literal(2)]).default(1),
    maxAge: z.number().int().min(30).max(43_200).nullable().default(null),
  })
  .strict()
export type ApplicationSettings = z.infer<typeof applicationSettingsSchema>

/** Whose door somebody stands before. */
export type ApplicationDress = { name: string; logo: string | null; colour: string | null }

/** A door with who is expected there, where the application says. */
export type DoorView = ApplicationDress & { email?: string | undefined }

/** An application on Home. */
export type ApplicationCard = ApplicationDress & { id: string; homeUrl: string }

/** What becomes of what an application asked for: on to it, the password once more, or a reason why not. */
export type EnterResult =
  | { outcome: 'go'; location: string }
  | { outcome: 'sign-in-again' }
  | { outcome: 'refused'; application: ApplicationDress; reason: EntryReason }

/** A sign-out that an application asks for and the person has to confirm. */
export type SignOutView = { application: ApplicationDress | null; back: string | null }

export const signOutQuerySchema = z.object({
  client_id: z.string().max(64).optional(),
  post_logout_redirect_uri: z.string().max(2048).optional(),
  state: z.string().max(1024).optional(),
})
export type SignOutQuery = z.infer<typeof signOutQuerySchema>
