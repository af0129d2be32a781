/** What a browser is known by at a guarded host: of that host alone, so no neighbour can plant its own pass there. */
const passName = '__Host-countersign-pass'
/** The same where hosts of a parent domain share one. */
const sharedName = '__Secure-countersign-pass'
/** Binds a browser to the way it is sent to the portal and back. Of one host, so no neighbour can plant it. */
const browserName = '__Host-countersign-browser'

/** 256 bits as we write them; anything else is nobody's. */
const token = /^[\w-]{43}$/

/** One value of a Cookie header (RFC 6265 §5.4); null unless it is a token. */
const valueIn = (header: string | undefined, name: string): string | null => {
  if (!header) return null
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at < 0 || part.slice(0, at).trim() !== name) continue
    const value = part.slice(at + 1).trim()
    return token.test(value) ? value : null
  }
  return null
}

export const passIn = (header: string | undefined, shared: boolean) =>
  valueIn(header, shared ? sharedName : passName)
export const browserIn = (header: string | undefined) => valueIn(header, browserName)

const ours = new Set([passName, sharedName, browserName])

/** The Cookie header for the application: whatever was there but ours, however often it was there. */
export const withoutOurs = (header: string | undefined): string | null => {
  if (!header) return null
  if (!header.includes('countersign-')) return header
  const kept = header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !ours.has(part.split('=', 1)[0]?.trim() ?? ''))
  return kept.length > 0 ? kept.join('; ') : null
}

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** A session cookie: it ends with the browser, and what it stands for with the portal's session. */
export const passCookie = (pass: string, domain: string | null) =>
  domain === null
    ? `${passName}=${pass}; ${attributes}`
    : `${sharedName}=${pass}; Domain=${domain}; ${attributes}`

/** Ten minutes: as long as a sign-in may take. */
export const browserCookie = (value: string) => `${browserName}=${value}; Max-Age=600; ${attributes}`
