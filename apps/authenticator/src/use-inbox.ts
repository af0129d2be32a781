import type { PushRequestView } from '@countersign/contract'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { readInbox } from './api.ts'
import { hearClock } from './device/clock.ts'
import { type Account, dropAccount, keepAccount, listAccounts } from './device/vault.ts'
import { listen } from './live/listen.ts'

export type Box = {
  /** Null until the vault was read. */
  accounts: Account[] | null
  requests: PushRequestView[]
  vapidKey: string | null
  offline: boolean
  /** Accounts that were unlinked elsewhere since the app was opened. */
  unlinked: Account[]
  refresh: () => Promise<void>
}

/** Puts what the portal says of the accounts beside their keys; those it does not know any more go. */
const reconcile = async (kept: Account[], known: { authenticatorId: string }[]) => {
  const gone = kept.filter((one) => !known.some((other) => other.authenticatorId === one.authenticatorId))
  for (const one of gone) await dropAccount(one.authenticatorId)
  const left = kept.flatMap((one) => {
    const news = known.find((other) => other.authenticatorId === one.authenticatorId)
    return news ? [{ ...one, ...news }] : []
  })
  for (const one of left) await keepAccount(one)
  return { left, gone }
}

/** Everything the app shows, kept up to date while it is open. */
export const useInbox = (): Box => {
  const [box, setBox] = useState<Omit<Box, 'refresh'>>({
    accounts: null,
    requests: [],
    vapidKey: null,
    offline: false,
    unlinked: [],
  })
  const refresh = useCallback(async () => {
    const kept = await listAccounts()
    if (kept.length === 0) return setBox((box) => ({ ...box, accounts: [], requests: [] }))
    try {
      const inbox = await readInbox(kept.map((one) => one.deviceToken))
      hearClock(inbox.now)
      const { left, gone } = await reconcile(kept, inbox.accounts)
      const { requests, vapidKey } = inbox
      setBox((box) => ({
        accounts: left,
        requests,
        vapidKey,
        offline: false,
        unlinked: [...box.unlinked, ...gone],
      }))
    } catch {
      setBox((box) => ({ ...box, accounts: kept, requests: [], offline: true }))
    }
  }, [])
  useEffect(() => {
    void refresh()
    const woken = () => void refresh()
    navigator.serviceWorker?.addEventListener('message', woken)
    return () => navigator.serviceWorker?.removeEventListener('message', woken)
  }, [refresh])
  const tokens = box.accounts?.map((one) => one.deviceToken).join() ?? ''
  useEffect(() => (tokens ? listen(tokens.split(','), () => void refresh()) : undefined), [tokens, refresh])
  return { ...box, refresh }
}
