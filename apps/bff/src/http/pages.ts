import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { pagePolicy } from './security-headers.ts'

const forever = 'public, max-age=31536000, immutable'

/**
 * The built SPA: hashed files for ever, and one page for every other address, with the sandbox's address and a
 * style nonce written into it. What looks like a file, a debugging door or a dot folder is not there.
 */
export const pages = (dist: string, sandboxUrl: string | null) => {
  const template = readFileSync(join(dist, 'index.html'), 'utf8')
  const page = (nonce: string) =>
    template
      .replace(
        'name="countersign-sandbox" content=""',
        `name="countersign-sandbox" content="${sandboxUrl ?? ''}"`,
      )
      .replace('property="csp-nonce" nonce=""', `property="csp-nonce" nonce="${nonce}"`)
  return new Hono()
    .get(
      '/assets/*',
      serveStatic({
        root: dist,
        precompressed: true,
        onFound: (_path, c) => c.header('Cache-Control', forever),
      }),
    )
    .get('/assets/*', (c) => c.notFound())
    .get('/favicon.svg', serveStatic({ root: dist }))
    .get('*', (c) => {
      if (/\/\.|\/__|\/sandbox-hooks|\.\w+$/.test(c.req.path)) return c.notFound()
      const nonce = randomBytes(16).toString('base64')
      c.header('Content-Security-Policy', pagePolicy(nonce))
      c.header('Cache-Control', 'no-store')
      return c.html(page(nonce))
    })
}
