import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'

/** __Host-: Secure, this host only, whole site (ASVS 3.3.1, 3.3.3). No Max-Age: gone with the browser. */
const strict = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'Strict',
  prefix: 'host',
} satisfies CookieOptions

const names = {
  session: 'sid',
  attempt: 'pre',
  known: 'known',
  trust: 'rem',
  asked: 'asked',
  door: 'door',
} as const
type Name = keyof typeof names

const day = 24 * 60 * 60
const longest: Partial<Record<Name, number>> = { known: 400 * day, trust: 21 * day, asked: 5 * 60 }

export const readCookie = (c: Context, name: Name): string | null => getCookie(c, names[name], 'host') ?? null

export const writeCookie = (c: Context, name: Name, value: string) => {
  const maxAge = longest[name]
  setCookie(c, names[name], value, maxAge === undefined ? strict : { ...strict, maxAge })
}

export const clearCookie = (c: Context, name: Name) => {
  deleteCookie(c, names[name], strict)
}
