import { z } from 'zod'
import type { MailProgress } from './company.ts'

type Named = { id: string; name: string; email: string }

/** Some of the people by name; the count is whole. */
export type DuoPeople = { count: number; first: Named[] }

/** Organization 2FA with Duo, as Company Settings shows it. The secret is never read back. */
export type DuoView = {
  setUp: {
    integrationKey: string
    apiHost: string
    setUpAt: string
    setUpBy: string | null
    testedAt: string
    /** People bound to Duo, and people who will be at their next sign-in. */
    bound: number
    due: number
  } | null
  /** The last reset, while its mails are of interest. */
  reset: DuoResetView | null
}

/** What a reset did, and how far its mails are. */
export type DuoResetView = {
  at: string
  by: string | null
  people: number
  sessionsEnded: number
  mails: MailProgress | null
}

/** Who would be asked for Duo at the next sign-in, and who keeps a factor of their own, with the reason. */
export type DuoRehearsal = {
  asked: DuoPeople
  exempt: { count: number; first: (Named & { why: 'several-companies' })[] }
}

/** Duo's keys as its admin page shows them, spaces at the ends forgiven. The client library knows the lengths. */
const keys = {
  integrationKey: z.string().trim().max(64),
  secretKey: z.string().trim().max(128),
  apiHost: z.string().trim().toLowerCase().max(253),
}

export const testDuoSchema = z.object(keys).strict()
/** `tested` is what the test of exactly these keys answered. */
export const saveDuoSchema = z.object({ ...keys, tested: z.string().max(256) }).strict()
/** Query of the browser that came back from Duo. */
export const callbackSchema = z
  .object({
    callback: z
      .record(z.string().max(64), z.string().max(4096))
      .refine((query) => Object.keys(query).length <= 16),
  })
  .strict()

export type DuoTested = { tested: string }
