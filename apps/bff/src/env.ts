import { z } from 'zod'

const flag = z
  .enum(['0', '1', ''])
  .optional()
  .transform((value) => value === '1')
const key32 = z.base64().transform((text, context) => {
  const key = Buffer.from(text, 'base64')
  if (key.length !== 32) context.addIssue('must be 32 bytes in base64')
  return key
})
const ring = z.string().transform((text, context) =>
  text.split(',').map((entry) => {
    const [, id = '', encoded = ''] = /^([\w-]{1,16}):([\w+/=-]+)$/.exec(entry.trim()) ?? []
    const key = Buffer.from(encoded, 'base64')
    if (!id || key.length !== 32)
      context.addIssue('must be "id:base64 of 32 bytes", separated by commas, the active one first')
    return { id, key }
  }),
)
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  )
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''))

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: url,
  DATABASE_URL: z.string().startsWith('postgres'),
  DATABASE_OWNER_URL: z.string().startsWith('postgres').optional(),
  DATABASE_WORKER_URL: z.string().startsWith('postgres').optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(16),
  SEALING_KEYS: ring,
  PASSWORD_PEPPER: key32,
  TOKEN_KEY: key32,
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: z.string().min(16),
  TWILIO_VERIFY_SERVICE_SID: z.string().regex(/^VA[0-9a-f]{32}$/, 'must be VA and 32 hexadecimal digits'),
  TWILIO_VERIFY_URL: url.optional(),
  TWILIO_LOOKUPS_URL: url.optional(),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must be an smtp: or smtps: address'),
  MAIL_FROM: z.string().min(3).default('Countersign <no-reply@countersign.test>'),
  /** Web Push (RFC 8292); the public key follows from it. */
  VAPID_PRIVATE_KEY: z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url'),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:|https:)/, 'must be a mailto: or https: address')
    .optional(),
  TRUSTED_PROXIES: list,
  /** Parent domains whose guarded hosts share a sign-in (forward authentication). */
  FORWARD_AUTH_DOMAINS: list.refine(
    (domains) => domains.every((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(one)),
    'must be domains in lower case with a dot in each, separated by commas',
  ),
  /** Lets companies trust private ranges: for a portal that is only reached from inside one network. */
  TRUST_PRIVATE_NETWORKS: flag,
  /** Lets webhooks go to private addresses: for receivers inside the operator's own network. */
  WEBHOOK_PRIVATE_NETWORKS: flag,
  COUNTERSIGN_SANDBOX: flag,
  SANDBOX_URL: url.optional(),
  SANDBOX_HOOK_SECRET: z.string().min(16).optional(),
  SANDBOX_PUSH_HOST: z.string().optional(),
  SANDBOX_DUO_HOST: z.string().optional(),
  SANDBOX_CA_FILE: z.string().optional(),
  /** Secrets of the demo applications that the sandbox serves. */
  SANDBOX_PORTAL_SECRET: z.string().min(16).optional(),
  SANDBOX_BACKUP_SECRET: z.string().min(16).optional(),
  WEB_DIST: z.string().optional(),
  AUTHENTICATOR_DIST: z.string().optional(),
})

export type Settings = z.infer<typeof schema>

const sandboxOnly = [
  'COUNTERSIGN_SANDBOX',
  'SANDBOX_URL',
  'SANDBOX_HOOK_SECRET',
  'SANDBOX_PUSH_HOST',
  'SANDBOX_DUO_HOST',
  'SANDBOX_CA_FILE',
  'SANDBOX_PORTAL_SECRET',
  'SANDBOX_BACKUP_SECRET',
  'TWILIO_VERIFY_URL',
  'TWILIO_LOOKUPS_URL',
] as const

/** What would be unsafe though every single value is well formed. */
const dangers = (settings: Settings): string[] => {
  const found: string[] = []
  const keys = [...settings.SEALING_KEYS.map((one) => one.key), settings.PASSWORD_PEPPER, settings.TOKEN_KEY]
  if (keys.some((key) => new Set(key).size < 8))
    found.push('A key is a default or has no randomness; make one with: openssl rand -base64 32')
  if (settings.COUNTERSIGN_SANDBOX && (!settings.SANDBOX_URL || !settings.SANDBOX_HOOK_SECRET))
    found.push('COUNTERSIGN_SANDBOX=1 needs SANDBOX_URL and SANDBOX_HOOK_SECRET')
  if (settings.NODE_ENV !== 'production') return found
  for (const name of sandboxOnly) if (settings[name]) found.push(`${name} must not be set in production`)
  if (!settings.PUBLIC_URL.startsWith('https:')) found.push('PUBLIC_URL must be https in production')
  if (settings.MAIL_FROM.includes('.test')) found.push('MAIL_FROM must be an address of yours in production')
  return found
}

/**
 * Parses the environment once. @throws Error with every missing, malformed or unsafe setting by name
 */
export const parseEnv = (environment: Record<string, string | undefined>): Settings => {
  const parsed = schema.safeParse(environment)
  const problems = parsed.success
    ? dangers(parsed.data)
    : parsed.error.issues.map(
        (issue) =>
          `${issue.path.join('.')}: ${environment[String(issue.path[0])] === undefined ? 'is missing' : issue.message}`,
      )
  if (!parsed.success || problems.length > 0)
    throw new Error(`The portal cannot start:\n- ${problems.join('\n- ')}`)
  return parsed.data
}
