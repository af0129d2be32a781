import { z } from 'zod'

/** One line: no control characters, none that turn the direction of text (Unicode TR 36 §3.2). */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u)

/** An address that is one and nothing else: no list, no name before it, nothing unseen in it. */
export const emailShape = z
  .string()
  .trim()
  .max(320)
  .regex(
    /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+\.[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}.]+$/u,
  )
