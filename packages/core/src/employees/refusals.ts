import { Problem } from '../problem.ts'

/** What a constraint of the database refuses, in the words of the house; anything else goes on as it is. */
const byConstraint: Record<string, () => Problem> = {
  persons_email: () => new Problem('email-taken', { fields: { email: 'email-taken' } }),
  scim_members_user_name: () => new Problem('already-member'),
  memberships_security_admin_stays: () => new Problem('last-security-admin'),
}

/** @throws Problem, or the error itself */
export const inOurWords = (error: unknown): never => {
  const name = (error as { constraint_name?: string } | null)?.constraint_name
  throw (name && byConstraint[name]?.()) || error
}
