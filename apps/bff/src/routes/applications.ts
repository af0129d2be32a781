import { type DoorView, type EnterResult, signOutQuerySchema } from '@countersign/contract'
import { viewSignOut } from '@countersign/core/applications/sign-out-view'
import { dressOf, listApplications } from '@countersign/core/applications/view-application'
import type { Deps } from '@countersign/core/deps'
import { proves } from '@countersign/core/people/proven'
import { Problem } from '@countersign/core/problem'
import { type Context, Hono } from 'hono'
import { type Env, sessionOf } from '../http/request.ts'
import { query } from '../http/validate.ts'
import { withInteraction } from '../oidc/arrive.ts'
import { emailIn, isSomebodyElse, judge, type Visit } from '../oidc/visit.ts'

const paramsOf = ({ record }: Visit) => (record?.payload.params ?? {}) as Record<string, unknown>

/** @throws Problem `not-found` for an interaction that is over, or of another browser */
const waiting = async (deps: Deps, c: Context<Env>, uid: string) => {
  const visit = await withInteraction(deps, c, uid)
  if (!visit.record || !visit.door) throw new Problem('not-found')
  return { ...visit, door: visit.door, record: visit.record }
}

/** A refusal is written down by the way through the provider, which names it in the interaction that follows. */
const isKnownRefusal = ({ record }: Visit) =>
  (record?.payload.prompt as { reasons?: string[] } | undefined)?.reasons?.includes('refuse') === true

/**
 * What stands between this person and the application.
 * @throws Problem `not-signed-in`, `company-needed`, `step-up-required`, `needs-own-factor`, `not-found`
 */
const proceed = async (deps: Deps, c: Context<Env>, uid: string): Promise<EnterResult> => {
  const visit = await waiting(deps, c, uid)
  const go: EnterResult = { outcome: 'go', location: `/oidc/auth/${uid}` }
  if (!visit.session) throw new Problem('not-signed-in')
  if (isSomebodyElse(visit, paramsOf(visit))) return { outcome: 'sign-in-again' }
  const entry = judge(visit, paramsOf(visit))
  switch (entry?.outcome) {
    case 'choose-company':
      throw new Problem('company-needed')
    case 'step-up':
      throw new Problem((await proves(deps, visit.session)) ? 'step-up-required' : 'needs-own-factor')
    case 'fresh':
      if (await proves(deps, visit.session)) throw new Problem('step-up-required')
      return { outcome: 'sign-in-again' }
    case 'refuse':
      if (!isKnownRefusal(visit)) return go
      return { outcome: 'refused', application: dressOf(visit.door), reason: entry.reason }
    default:
      return go
  }
}

export const applicationRoutes = (deps: Deps) =>
  new Hono<Env>()
    .get('/', async (c) => c.json(await listApplications(deps, await sessionOf(c, deps))))
    .get('/sign-out', query(signOutQuerySchema), async (c) =>
      c.json(await viewSignOut(deps, c.req.valid('query'))),
    )
    .get('/interactions/:uid', async (c) => {
      const visit = await waiting(deps, c, c.req.param('uid'))
      const view: DoorView = { ...dressOf(visit.door), email: emailIn(paramsOf(visit)) }
      return c.json(view)
    })
    .post('/interactions/:uid', async (c) => c.json(await proceed(deps, c, c.req.param('uid'))))
