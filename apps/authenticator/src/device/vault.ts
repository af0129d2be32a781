import type { PairedAccount } from '@countersign/contract'

/** An account as this device keeps it. Its keys can be used but never read, not even by this page. */
export type Account = PairedAccount & { deviceToken: string; privateKey: CryptoKey; tokenKey: CryptoKey }

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('countersign-authenticator', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('accounts', { keyPath: 'authenticatorId' })
      request.result.createObjectStore('facts')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const store = async (name: 'accounts' | 'facts', mode: IDBTransactionMode) =>
  (await open()).transaction(name, mode).objectStore(name)

export const listAccounts = async (): Promise<Account[]> =>
  done((await store('accounts', 'readonly')).getAll())

export const keepAccount = async (account: Account) => {
  await done((await store('accounts', 'readwrite')).put(account))
}

export const dropAccount = async (authenticatorId: string) => {
  await done((await store('accounts', 'readwrite')).delete(authenticatorId))
}

/** How far this device's clock is behind the portal's, ms; kept for the days without a network. */
export const readOffset = async (): Promise<number> =>
  (await done((await store('facts', 'readonly')).get('offset'))) ?? 0

export const keepOffset = async (offset: number) => {
  await done((await store('facts', 'readwrite')).put(offset, 'offset'))
}
