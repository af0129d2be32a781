import type { Caller, Deps } from '@countersign/core/deps'
import { Problem } from '@countersign/core/problem'
import { authenticateDirectory } from '@countersign/core/scim/tokens/authenticate'
import type { UserQuery } from '@countersign/core/scim/users/list-users'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { callerOf, type Env } from '../http/request.ts'

/** RFC 6750 §2.1; a token has no spaces, and one longer than this is none of ours. */
const bearer = /^Bearer +([\w.~+/=-]{1,256}) *$/i

export const directoryCaller = (c: Context<Env>): Caller => ({ ...callerOf(c), via: 'scim' })

/** A token on every request, before anything else is looked at; cookies count for nothing here. */
export const requireDirectory = (deps: Deps) =>
  createMiddleware<Env>(async (c, next) => {
    const token = bearer.exec(c.req.header('authorization') ?? '')?.[1] ?? null
    c.set('directory', await authenticateDirectory(deps, directoryCaller(c), token))
    await next()
  })

/** The body, whatever it holds. @throws Problem `unsupported-media-type`, `bad-request` for what is no JSON */
export const bodyOf = async (c: Context): Promise<unknown> => {
  if (!/^application\/(scim\+)?json\s*(;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new Problem('unsupported-media-type')
  try {
    return JSON.parse(await c.req.text())
  } catch {
    throw new Problem('bad-request')
  }
}

const whole = (text: string | undefined): number | null => {
  const number = Number(text ?? Number.NaN)
  return Number.isFinite(number) ? Math.max(Math.min(Math.trunc(number), 2 ** 31 - 1), -1) : null
}

/** What is no number stands for none: directories differ, and a page is a page. */
export const listQueryOf = (c: Context): UserQuery => ({
  filter: c.req.query('filter'),
  startIndex: whole(c.req.query('startIndex')) ?? 1,
  count: whole(c.req.query('count')),
})

export const selectionOf = (c: Context) => ({
  attributes: c.req.query('attributes'),
  excludedAttributes: c.req.query('excludedAttributes'),
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id of ours and the version the caller read, if it says one. @throws Problem `not-found` */
export const targetOf = (c: Context<Env, '/:id'>) => {
  const id = c.req.param('id')
  if (!uuid.test(id)) throw new Problem('not-found')
  return { id, version: c.req.header('if-match') ?? null }
}
