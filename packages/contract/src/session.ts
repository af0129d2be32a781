import { z } from 'zod'
import type { Amr, FactorName, Icon, Strength } from './sign-in.ts'
import { emailShape, line } from './text.ts'

export const roles = ['employee', 'admin', 'security_admin'] as const
export type Role = (typeof roles)[number]
export const accountTypes = ['employee', 'client'] as const
export type AccountType = (typeof accountTypes)[number]

/** Who is signed in and as what; one indexed read. */
export type SessionView = {
  person: { id: string; name: string; email: string }
  company: { id: string; name: string } | null
  /** True where the person may switch the company they act in. */
  severalCompanies: boolean
  role: Role
  accountType: AccountType
  /** Authenticator assurance of this session (NIST SP 800-63B): 1 password only, 2 with a second factor. */
  aal: 1 | 2
  amr: Amr[]
  /** When a second factor was last proven in this session; ISO 8601. */
  factorAt: string | null
  expiresAt: string
}

/** One of the companies a person may act in. */
export type CompanyChoice = {
  id: string
  name: string
  role: Role
  accountType: AccountType
  current: boolean
}

export type AuthenticatorView = {
  id: string
  factor: FactorName
  label: string
  name: string
  icon: Icon
  strength: Strength
  addedAt: string
  lastUsedAt: string | null
  locked: boolean
}

/** The Two-Factor Authentication card. */
export type SecurityView = {
  secured: boolean
  /** Label of the strongest usable factor; null when there is none. */
  strongest: string | null
  authenticators: AuthenticatorView[]
  recoveryCodes: { left: number; of: number; madeAt: string } | null
  /** Sentence-ready: required by whom since when, or announced from when. */
  requirement: { company: string; from: string; inForce: boolean } | null
  /** What may be enrolled now. */
  offers: { factor: FactorName; label: string; sentence: string; icon: Icon; strength: Strength }[]
  reminder: string | null
}

export type SessionRow = {
  id: string
  current: boolean
  browser: string
  address: string
  createdAt: string
  lastSeenAt: string
  aal: 1 | 2
  amr: Amr[]
}

/** A browser that is not asked for the second factor on one network, for 21 days from its check. */
export type TrustedBrowserRow = {
  id: string
  network: string
  browser: string
  checkedAt: string
  until: string
}

export type ActivityRow = {
  id: string
  at: string
  event: string
  outcome: 'ok' | 'failed'
  factor: FactorName | null
  /** The factor as people call it: "Authenticator app". */
  factorLabel: string | null
  browser: string | null
  address: string | null
  detail: Record<string, string | number | boolean | null>
}

export type ProfileView = { name: string; email: string; phone: string | null; pendingEmail: string | null }

export const renameSchema = z.object({ name: line(80) }).strict()
export const profileSchema = z.object({ name: line(120) }).strict()
export const changeEmailSchema = z.object({ email: emailShape }).strict()
export const changePasswordSchema = z
  .object({ current: z.string().max(1024), next: z.string().max(1024) })
  .strict()
export const forgottenSchema = z.object({ email: z.string().max(320) }).strict()
export const resetPasswordSchema = z
  .object({ token: z.string().max(128), next: z.string().max(1024) })
  .strict()
export const newPasswordSchema = z.object({ next: z.string().max(1024) }).strict()
export const tokenSchema = z.object({ token: z.string().max(128) }).strict()
