import type { Role } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import { type ActingSession, actingIn } from '@countersign/core/people/acting'
import type { Context } from 'hono'
import { type Env, sessionOf } from './request.ts'

/**
 * The one place where routes ask for a role: the session, in the company it acts in, of somebody who holds at
 * least this role there now.
 * @throws Problem `not-signed-in`, `company-needed`, `not-allowed`
 */
export const requireRole = async (c: Context<Env>, deps: Deps, least: Role): Promise<ActingSession> =>
  actingIn(await sessionOf(c, deps), least)
