import { z } from 'zod'
import { type AccountType, accountTypes, type Role, roles } from './session.ts'
import { emailShape, line } from './text.ts'

export const statuses = [
  'secured',
  'not-enrolled',
  'pending',
  'overdue',
  'locked-out',
  'deactivated',
] as const
/** Where somebody stands with their second factor, in the eyes of the function that decides sign-ins. */
export type StatusKind = (typeof statuses)[number]

export type EmployeeRow = {
  /** The person's id; it means nothing outside the company of the session. */
  id: string
  name: string
  email: string
  /** E.164. */
  mobileNumber: string | null
  role: Role
  accountType: AccountType
  /** `since` for pending and overdue, ISO 8601. */
  status: { kind: StatusKind; since: string | null }
  /** Until when the invitation can be answered; null once they joined. */
  invitedUntil: string | null
  lastSignInAt: string | null
  /** Names the state that was read; an edit sends it back. */
  version: number
}

/** One page of people. The cursors are opaque; null where there is nothing further that way. */
export type EmployeePage = { employees: EmployeeRow[]; next: string | null; previous: string | null }

/** What the Edit Employee dialog knows beyond the row. */
export type EmployeeView = EmployeeRow & {
  /** Whether this company may change name and e-mail address, and else why not. */
  identity: 'editable' | 'several-companies'
  /** What this admin may do to this person; reasons stand in words of ProblemCode. */
  may: { edit: boolean; deactivate: 'yes' | 'not-yourself' | 'not-allowed'; roles: Role[] }
}

export type EmployeeCounts = Record<StatusKind | 'all', number>

export const sorts = ['name', 'email', 'role', 'status', 'lastSignIn'] as const
export type Sort = (typeof sorts)[number]
export const pageSize = 50

const oneOf = <T extends string>(values: readonly T[]) => z.enum(values as [T, ...T[]]).optional()

export const employeeFilterSchema = z
  .object({
    search: z
      .string()
      .max(120)
      .regex(/^\P{Cc}*$/u)
      .optional(),
    status: oneOf(statuses),
    role: oneOf(roles),
    type: oneOf(accountTypes),
  })
  .strict()
export type EmployeeFilter = z.infer<typeof employeeFilterSchema>

export const employeeQuerySchema = employeeFilterSchema.extend({
  sort: oneOf(sorts),
  order: oneOf(['ascending', 'descending'] as const),
  after: z.string().max(1024).optional(),
  before: z.string().max(1024).optional(),
})
export type EmployeeQuery = z.infer<typeof employeeQuerySchema>

/** A country and digits as typed; that they are digits only is the use case's to judge and to repair. */
export const typedNumberSchema = z
  .object({ country: z.string().regex(/^[A-Z]{2}$/), national: z.string().max(64) })
  .strict()
export type TypedNumber = z.infer<typeof typedNumberSchema>

export const inviteSchema = z
  .object({
    name: line(120),
    email: emailShape,
    role: z.enum(roles),
    accountType: z.enum(accountTypes),
    mobileNumber: typedNumberSchema.nullable(),
  })
  .strict()
export type Invite = z.infer<typeof inviteSchema>

/** Only what changed is sent. */
export const editEmployeeSchema = z
  .object({
    version: z.int(),
    name: line(120).optional(),
    email: emailShape.optional(),
    role: z.enum(roles).optional(),
    mobileNumber: typedNumberSchema.nullable().optional(),
  })
  .strict()
export type EditEmployee = z.infer<typeof editEmployeeSchema>

export const remindSchema = z.object({ ids: z.array(z.uuid()).min(1).max(200) }).strict()

export type ImportView = {
  id: string
  total: number
  landed: number
  refused: number
  startedAt: string
  finishedAt: string | null
}

/** What an invitation link leads to. */
export type InvitationView = {
  company: string
  name: string
  email: string
  /**
   * What joining takes besides the link: a new password from somebody new, a session of their own from somebody who is
   * active in a company already.
   */
  needs: 'password' | 'session' | 'nothing'
}

export const acceptInvitationSchema = z
  .object({ token: z.string().max(128), next: z.string().max(1024).optional() })
  .strict()
