/** The request an application got, as its proxy tells us. */
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
  if (text.length > 4096 || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) return null
  if (url.username !== '' || url.password !== '') return null
  return { host: hostOf(url), url }
}

/**
 * Puts together what a proxy says of a request. The parts are checked before they are joined, so that none of them
 * can grow into its neighbour ("/" missing, "@", a second value).
 */
export const readTold = ({ proto, host, uri }: Told, allowHttp: boolean): Asked | null => {
  if (!proto || !host || !/^[a-z0-9.:[\]-]{1,260}$/i.test(host) || !/^https?$/i.test(proto)) return null
  const path = uri?.startsWith('/') ? uri : '/'
  return readAddress(`${proto}://${host}${path}`, allowHttp)
}

/** The parent domain whose hosts share a pass, from the operator's list; the host alone where none is its parent. */
export const domainOf = (host: string, domains: readonly string[]): { domain: string; shared: boolean } => {
  const name = host.replace(/:\d+$/, '')
  const parents = domains.filter((domain) => name === domain || name.endsWith(`.${domain}`))
  const [longest] = parents.sort((a, b) => b.length - a.length)
  return longest === undefined ? { domain: name, shared: false } : { domain: longest, shared: true }
}
