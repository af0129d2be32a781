export {}

declare const self: ServiceWorkerGlobalScope

const cacheName = 'countersign-authenticator'
const page = '/authenticator/'

/** The page and all it names, so that tokens are there without a network after the first visit. */
const fill = async () => {
  const cache = await caches.open(cacheName)
  const response = await fetch(page, { cache: 'no-store' })
  if (!response.ok) throw new Error('The page could not be fetched')
  const html = await response.clone().text()
  const files = new Set(html.match(/\/authenticator\/[\w./-]+\.(?:js|css|woff2|svg|png|webmanifest)/g))
  await cache.addAll([...files])
  await cache.put(page, response)
  for (const old of await cache.keys()) {
    const { pathname } = new URL(old.url)
    if (pathname !== page && !files.has(pathname) && !pathname.endsWith('.woff2')) await cache.delete(old)
  }
}

/** From the network first, so that a new version is there at the next visit; from the cache without one. */
const pageResponse = async (request: Request): Promise<Response> => {
  try {
    const response = await fetch(request)
    if (response.ok) await fill().catch(() => undefined)
    return response
  } catch {
    return (await caches.match(page)) ?? Response.error()
  }
}

/** Files carry a hash in their names: what is in the cache is right for ever. */
const fileResponse = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone())
  return response
}

const tell = async () => {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const client of open) client.postMessage('wake')
  if (open.some((client) => client.visibilityState === 'visible')) return
  await self.registration.showNotification('Sign-in request', {
    body: 'Somebody gave your password. Open the Authenticator to approve or refuse.',
    tag: 'request',
    icon: '/authenticator/icon-192.png',
    data: `${page}#requests`,
  })
}

const show = async (address: string) => {
  const [client] = await self.clients.matchAll({ type: 'window' })
  if (client) await client.focus()
  else await self.clients.openWindow(address)
}

self.addEventListener('install', (event) => event.waitUntil(fill().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('push', (event) => event.waitUntil(tell()))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(String(event.notification.data)))
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (event.request.mode === 'navigate') event.respondWith(pageResponse(event.request))
  else if (url.pathname.startsWith('/authenticator/')) event.respondWith(fileResponse(event.request))
})
