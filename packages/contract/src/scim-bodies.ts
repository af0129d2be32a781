import { z } from 'zod'

/** Text in one line of at most so many characters; directories send null for "none" (RFC 7643 §2.5). */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .nullish()
    .transform((one) => one || undefined)

/** Microsoft Entra writes "True" and "False". */
const flag = z
  .union([
    z.boolean(),
    z
      .string()
      .regex(/^(true|false)$/i)
      .transform((one) => /^true$/i.test(one)),
  ])
  .nullish()
  .transform((one) => one ?? undefined)

const value = z.object({ value: text(320), type: text(64), primary: flag })

/** A single value where several may stand is one of them; entries without a value are none. */
const values = z
  .preprocess((one) => (Array.isArray(one) || one == null ? one : [one]), z.array(value).max(10).nullish())
  .transform((some) =>
    some?.flatMap(({ value, type, primary }) =>
      value === undefined ? [] : [{ value, ...(type && { type }), ...(primary && { primary }) }],
    ),
  )

const name = z
  .object({ formatted: text(120), givenName: text(120), familyName: text(120) })
  .nullish()
  .transform((one) => one ?? undefined)

/** What we know of a User (RFC 7643 §4.1); everything else a directory sends is left aside. */
export const scimUserShape = z.object({
  userName: z
    .string()
    .trim()
    .min(1)
    .max(320)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  externalId: text(255),
  displayName: text(120),
  name,
  active: flag,
  emails: values,
  phoneNumbers: values,
})

export type ScimUser = z.infer<typeof scimUserShape>

export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** Operations of one PATCH at most. */
export const mostOperations = 100

/** Microsoft Entra writes "Add", "Replace" and "Remove". */
export const scimPatchShape = z.object({
  schemas: z.array(z.string()).refine((all) => all.includes(patchSchema)),
  Operations: z
    .array(
      z.object({
        op: z
          .string()
          .transform((op) => op.toLowerCase())
          .pipe(z.enum(['add', 'replace', 'remove'])),
        path: z.string().max(320).nullish(),
        value: z.unknown(),
      }),
    )
    .min(1)
    .max(mostOperations),
})
