import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { pagePolicy } from './security-headers.ts'

const base = '/authenticator'

/**
 * The built Authenticator under its own path, which is also the scope of its service worker: it sees nothing of the
 * portal. The page is the same at every address below.
 */
export const authenticatorPages = (dist: string, sandboxUrl: string | null) => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8').replace(
    'name="countersign-sandbox" content=""',
    `name="countersign-sandbox" content="${sandboxUrl ?? ''}"`,
  )
  const files = (cacheControl: string) =>
    serveStatic({
      root: dist,
      precompressed: true,
      rewriteRequestPath: (path) => path.slice(base.length),
      onFound: (_path, c) => c.header('Cache-Control', cacheControl),
    })
  return new Hono()
    .get(base, (c) => c.redirect(`${base}/`, 301))
    .get(`${base}/assets/*`, files('public, max-age=31536000, immutable'))
    .get(`${base}/assets/*`, (c) => c.notFound())
    .get(`${base}/:file{[\\w-]+\\.(?:js|svg|png|webmanifest)}`, files('no-cache'))
    .get(`${base}/*`, (c) => {
      c.header('Content-Security-Policy', pagePolicy(randomBytes(16).toString('base64')))
      c.header('Cache-Control', 'no-cache')
      return c.html(page)
    })
}
