import type { Deps } from '@countersign/core/deps'
import { Problem } from '@countersign/core/problem'
import { Hono } from 'hono'
import { limitBody } from '../http/limit-body.ts'
import type { Env } from '../http/request.ts'
import { discoveryRoutes } from './discovery.ts'
import { scimErrors, scimJson } from './errors.ts'
import { requireDirectory } from './request.ts'
import { listOf, userRoutes } from './users.ts'

/** A User with everything a directory can map is a few KB. */
const bodySize = 64 * 1024

/**
 * SCIM 2.0 (RFC 7643, 7644): a company's directory adds, changes and deactivates its employees. Not of the API the
 * pages use: other callers, other words for errors, no cookies.
 */
export const scim = (deps: Deps) =>
  new Hono<Env>()
    .onError(scimErrors(deps))
    .use(requireDirectory(deps))
    .use(limitBody(bodySize))
    .route('/', discoveryRoutes(deps))
    .route('/Users', userRoutes(deps))
    // There are none, which is an answer: Okta asks when a connection is tested.
    .get('/Groups', (c) => scimJson(c, listOf([], 0, 1), 200))
    .all('/*', () => {
      throw new Problem('not-found')
    })
