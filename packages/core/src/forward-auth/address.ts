/** A request for a guarded address. */
export type Asked = {
  /** As registered: lower case, the port only where it is not the scheme's own. */
  host: string
  /** The whole address, to come back to. */
  url: URL
}

export type Told = {
  proto: string | undefined
  host: string | undefined
  uri: string | undefined
}

const port = { 'https:': ':443', 'http:': ':80' }

/** Host of an address in the one spelling that is compared. */
const hostOf = (url: URL): string => {
  const own = port[url.protocol as keyof typeof port]
  return own && url.host.endsWith(own) ? url.host.slice(0, -own.length) : url.host
}

/**
 * Reads an address somebody wants to be at. Only https (plain http for a portal that has none itself), no user name
 * in it; null for everything else. Whether its host is registered is the database's to say.
 */
export const readAddress = (text: string, allowHttp: boolean): Asked | null => {
  const url = text.length > 4096 ? null : URL.parse(text)
  if (!url) return null
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) return null
  if (url.username !== '' || url.password !== '') return null
  return { host: hostOf(url), url }
}

/** What a proxy says of a request; the parts are joined only where the whole is needed, which is seldom. */
export type Forwarded = { host: string; path: string; whole: () => Asked | null }

const ownPort = { https: ':443', http: ':80' }

/**
 * Reads what a proxy says of a request. The parts are checked before they are joined, so that none of them can grow
 * into its neighbour ("/" missing, "@", a second value).
 */
export const readTold = ({ proto, host, uri }: Told, allowHttp: boolean): Forwarded | null => {
  if (!host || !/^[a-z0-9.:[\]-]{1,260}$/i.test(host)) return null
  if (proto !== 'https' && !(allowHttp && proto === 'http')) return null
  const own = ownPort[proto]
  const name = host.toLowerCase()
  const path = uri?.startsWith('/') ? uri : '/'
  return {
    host: name.endsWith(own) ? name.slice(0, -own.length) : name,
    path,
    whole: () => readAddress(`${proto}://${host}${path}`, allowHttp),
  }
}

/** The parent domain whose hosts share a pass, from the operator's list; the host alone where none is its parent. */
export const domainOf = (host: string, domains: readonly string[]): { domain: string; shared: boolean } => {
  const name = host.replace(/:\d+$/, '')
  const parents = domains.filter((domain) => name === domain || name.endsWith(`.${domain}`))
  const [longest] = parents.sort((a, b) => b.length - a.length)
  return longest === undefined ? { domain: name, shared: false } : { domain: longest, shared: true }
}
