import { z } from 'zod'

export const forwardDoorSchema = z.object({ to: z.string().max(4096) }).strict()

/** `browser`: SHA-256 of what the browser keeps at that host, base64url. */
export const forwardEntrySchema = z
  .object({ to: z.string().max(4096), browser: z.string().regex(/^[\w-]{43}$/) })
  .strict()
