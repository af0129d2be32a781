import { useEffect, useState } from 'preact/hooks'
import { Frame } from './frame.tsx'
import { Note } from './parts/note.tsx'
import { type Address, useAddress } from './use-address.ts'
import { type Box, useInbox } from './use-inbox.ts'
import { AccountPicker } from './views/account-picker.tsx'
import { PairView } from './views/pair-view.tsx'
import { RequestView } from './views/request-view.tsx'
import { SettingsView } from './views/settings-view.tsx'
import { TokenView } from './views/token-view.tsx'

const Tokens = ({ accounts }: { accounts: NonNullable<Box['accounts']> }) => {
  const [chosen, setChosen] = useState<string | null>(null)
  const current = accounts.find((one) => one.authenticatorId === chosen) ?? accounts[0]
  if (!current) return null
  return (
    <>
      <AccountPicker accounts={accounts} current={current} onChoose={setChosen} />
      <TokenView key={current.authenticatorId} account={current} />
    </>
  )
}

const Requests = ({ box, onEnded }: { box: Box; onEnded: (news: string) => void }) => {
  const [request] = box.requests
  const account = box.accounts?.find((one) => one.authenticatorId === request?.authenticatorId)
  const refresh = () => void box.refresh()
  if (request && account) return <RequestView key={request.id} {...{ request, account, onEnded, refresh }} />
  return (
    <div class="stack">
      <h1>Requests</h1>
      <p class="empty">Nothing waits for you. A sign-in that asks this device appears here.</p>
    </div>
  )
}

/** A new request comes to the front, unless somebody is pairing. */
const useComingRequest = (box: Box, address: Address, go: (to: Address) => void, clear: () => void) => {
  const newest = box.requests.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new request moves the view
  useEffect(() => {
    if (!newest) return
    clear()
    if (address.view !== 'pair') go({ view: 'requests' })
  }, [newest])
}

export const App = () => {
  const box = useInbox()
  const [address, go] = useAddress()
  const [news, setNews] = useState<string | null>(null)
  useComingRequest(box, address, go, () => setNews(null))
  // Old news goes when somebody turns to another tab; our own moves are no such turn.
  useEffect(() => {
    const turned = () => setNews(null)
    window.addEventListener('hashchange', turned)
    return () => window.removeEventListener('hashchange', turned)
  }, [])
  if (box.accounts === null) return null
  const pairing = address.view === 'pair' || box.accounts.length === 0
  const add = () => go({ view: 'pair', code: null })
  const refresh = () => void box.refresh()
  return (
    <Frame tab={address.view === 'pair' ? null : address.view} waiting={box.requests.length} onAdd={add}>
      {news && <Note tone="done">{news}</Note>}
      {box.offline && <Note tone="plain">No connection. Tokens work; requests do not arrive.</Note>}
      {box.unlinked.map((one) => (
        <Note key={one.authenticatorId} tone="danger">
          {one.email} was unlinked from this device.
        </Note>
      ))}
      {pairing ? (
        <PairView
          code={address.view === 'pair' ? address.code : null}
          onCode={(code) => go({ view: 'pair', code })}
          onPaired={(account) => {
            setNews(`Paired with ${account.company ?? 'Countersign'}. Your browser goes on by itself.`)
            go({ view: 'token' })
            refresh()
          }}
        />
      ) : address.view === 'requests' ? (
        <Requests box={box} onEnded={setNews} />
      ) : address.view === 'settings' ? (
        <SettingsView accounts={box.accounts} vapidKey={box.vapidKey} refresh={refresh} onAdd={add} />
      ) : (
        <Tokens accounts={box.accounts} />
      )}
    </Frame>
  )
}
