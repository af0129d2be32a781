import * as api from '../api.ts'
import type { Account } from '../device/vault.ts'

/** A network without a push service never answers, neither yes nor no. */
const patience = 8_000

export type Waking = 'on' | 'off' | 'refused' | 'no-service' | 'unsupported'

const worker = async () => (await navigator.serviceWorker?.getRegistration('/authenticator/')) ?? null

export const readWaking = async (): Promise<Waking> => {
  if (!('PushManager' in window) || !('Notification' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'refused'
  const registration = await worker()
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off'
}

const within = <T>(work: Promise<T>): Promise<T | null> =>
  Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))])

const subscribe = async (vapidKey: string): Promise<PushSubscription | null> => {
  const registration = await worker()
  if (!registration) return null
  return within(
    registration.pushManager
      .subscribe({ userVisibleOnly: true, applicationServerKey: vapidKey })
      .catch(() => null),
  )
}

/** Has the browser's push service wake this device; says plainly when there is none. */
export const wakeWhenShut = async (accounts: Account[], vapidKey: string): Promise<Waking> => {
  if ((await Notification.requestPermission()) !== 'granted') return 'refused'
  const subscription = await subscribe(vapidKey)
  if (!subscription) return 'no-service'
  const { endpoint, keys } = subscription.toJSON()
  const body = { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
  await Promise.all(accounts.map((account) => api.subscribe(account.deviceToken, body)))
  return 'on'
}
