import type { Deps } from '@countersign/core/deps'
import { parameters } from '@countersign/core/policy/parameters'
import { Problem } from '@countersign/core/problem'
import { userSchema } from '@countersign/core/scim/resource/read-user'
import { Hono } from 'hono'
import type { Env } from '../http/request.ts'
import { scimJson } from './errors.ts'
import { userAttributes } from './user-attributes.ts'
import { listOf } from './users.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0'

/** What we can do, read by machines (RFC 7644 §4, RFC 7643 §5 to §7). */
export const discoveryRoutes = (deps: Deps) => {
  const base = `${deps.origin}/scim/v2`
  const meta = (resourceType: string, path: string) => ({ resourceType, location: `${base}/${path}` })
  const config = {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: parameters.scim.longestPage },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'Made by a Security Admin in Company Settings, Provisioning (SCIM).',
        primary: true,
      },
    ],
    meta: meta('ServiceProviderConfig', 'ServiceProviderConfig'),
  }
  const type = {
    schemas: [`${core}:ResourceType`],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    description: 'An employee of the company',
    schema: userSchema,
    meta: meta('ResourceType', 'ResourceTypes/User'),
  }
  const schema = {
    schemas: [`${core}:Schema`],
    id: userSchema,
    name: 'User',
    description: 'An employee of the company',
    attributes: userAttributes,
    meta: meta('Schema', `Schemas/${userSchema}`),
  }
  const only = (id: string, wanted: string | undefined, one: unknown) => {
    if (wanted?.toLowerCase() !== id.toLowerCase()) throw new Problem('not-found')
    return one
  }
  return new Hono<Env>()
    .get('/ServiceProviderConfig', (c) => scimJson(c, config, 200))
    .get('/ResourceTypes', (c) => scimJson(c, listOf([type], 1, 1), 200))
    .get('/ResourceTypes/:id', (c) => scimJson(c, only('User', c.req.param('id'), type), 200))
    .get('/Schemas', (c) => scimJson(c, listOf([schema], 1, 1), 200))
    .get('/Schemas/:id', (c) => scimJson(c, only(userSchema, c.req.param('id'), schema), 200))
}
