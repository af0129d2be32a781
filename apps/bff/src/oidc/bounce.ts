import type { Context } from 'hono'

/** Set on the way round, so that nobody goes round twice. */
const mark = 'here'

const policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const quoted = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/**
 * A browser that comes from another site leaves our session's cookie at home (SameSite=Strict). It is sent here once
 * more by a page of ours, and then brings it along; without script, and in no frame. Null when it need not.
 */
export const bounced = (c: Context): Response | null => {
  const url = new URL(c.req.url)
  if (c.req.header('sec-fetch-site') !== 'cross-site' || url.searchParams.has(mark)) return null
  url.searchParams.set(mark, '1')
  c.header('Content-Security-Policy', policy)
  c.header('Cache-Control', 'no-store')
  const there = quoted(url.pathname + url.search)
  return c.html(
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${there}"><title>Countersign</title>`,
  )
}
