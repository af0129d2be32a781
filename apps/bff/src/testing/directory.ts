import { type Browser, origin, type Portal } from './portal.ts'

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** A company's directory: a token, and requests as such programs send them. */
export const directory = (
  portal: Portal,
  token: string | null,
  { address = '20.0.113.5', agent = 'azure ad scim' } = {},
) => {
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await portal.app.request(`${origin}/scim/v2${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        'x-forwarded-for': address,
        'user-agent': agent,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
    const parsed: any = text ? JSON.parse(text) : null
    return { status: answer.status, headers: answer.headers, body: parsed }
  }
  return {
    call,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    find: (filter: string) => call('GET', `/Users?filter=${encodeURIComponent(filter)}`),
    add: (user: object) => call('POST', '/Users', { schemas: [userSchema], ...user }),
    put: (id: string, user: object, headers?: Record<string, string>) =>
      call('PUT', `/Users/${id}`, { schemas: [userSchema], ...user }, headers),
    patch: (id: string, Operations: unknown, headers?: Record<string, string>) =>
      call('PATCH', `/Users/${id}`, { schemas: [patchSchema], Operations }, headers),
    delete: (id: string) => call('DELETE', `/Users/${id}`),
  }
}

export type Directory = ReturnType<typeof directory>

/** What a Security Admin copies out of Company Settings. */
export const newToken = async (admin: Browser): Promise<string> => {
  const made = await admin.post('/api/provisioning/tokens')
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body.token
}
