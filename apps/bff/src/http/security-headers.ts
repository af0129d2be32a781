import type { MiddlewareHandler } from 'hono'

const always: Record<string, string> = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), geolocation=(), microphone=()',
}

/** For pages: our own scripts, styles, fonts and nothing else; `nonce` is for style tags our libraries insert. */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "media-src 'self' blob:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

const apiPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

/** On every answer, also refusals; what the API says is never stored by anybody. */
export const securityHeaders: MiddlewareHandler = (c, next) => {
  for (const name in always) c.header(name, always[name])
  if (/^\/(api|scim|oidc|\.well-known)\//.test(c.req.path)) {
    c.header('Content-Security-Policy', apiPolicy)
    c.header('Cache-Control', 'no-store')
  }
  return next()
}
