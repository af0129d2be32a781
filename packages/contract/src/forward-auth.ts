import { z } from 'zod'
import type { EntryReason } from './applications.ts'

/** Whose door somebody stands before. */
export type DoorDress = { name: string; logo: string | null; colour: string | null }

/** What becomes of a guarded address somebody wants to be at. */
export type ForwardEntry =
  | { outcome: 'go'; location: string }
  | { outcome: 'sign-in-again' }
  | { outcome: 'refused'; application: DoorDress; reason: EntryReason }

export const forwardDoorSchema = z.object({ to: z.string().max(4096) }).strict()

/** `browser`: SHA-256 of what the browser keeps at that host, base64url. */
export const forwardEntrySchema = z
  .object({ to: z.string().max(4096), browser: z.string().regex(/^[\w-]{43}$/) })
  .strict()
