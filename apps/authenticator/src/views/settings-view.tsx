import { useEffect, useState } from 'preact/hooks'
import { unlinkDevice } from '../deeds.ts'
import type { Account } from '../device/vault.ts'
import { readWaking, type Waking, wakeWhenShut } from '../live/wake-when-shut.ts'
import { Note } from '../parts/note.tsx'
import { useDeed } from '../parts/use-deed.ts'

const wakings: Record<Waking, string> = {
  on: 'On: a request shows a notification, also while this app is closed.',
  off: 'Off: requests arrive while this app is open.',
  refused: 'You refused notifications for this site. Requests arrive while this app is open.',
  'no-service':
    'This browser’s push service did not answer within 8 seconds. Requests arrive while this app is open.',
  unsupported: 'This browser has no push service. Requests arrive while this app is open.',
}

const Wake = ({ accounts, vapidKey }: { accounts: Account[]; vapidKey: string | null }) => {
  const [waking, setWaking] = useState<Waking | null>(null)
  const { busy, problem, run } = useDeed()
  useEffect(() => void readWaking().then(setWaking), [])
  return (
    <section class="stack tight">
      <h2>Notifications</h2>
      <p class="quiet" role="status">
        {waking && wakings[waking]}
      </p>
      {problem && <Note tone="danger">{problem}</Note>}
      {(waking === 'off' || waking === 'no-service') && vapidKey && (
        <button
          type="button"
          class="button"
          onClick={() => void run(async () => setWaking(await wakeWhenShut(accounts, vapidKey)))}
        >
          {busy ? 'Asking the browser' : 'Turn notifications on'}
        </button>
      )}
    </section>
  )
}

const Row = ({ account, refresh }: { account: Account; refresh: () => void }) => {
  const [asking, setAsking] = useState(false)
  const { busy, problem, run } = useDeed()
  return (
    <li class="row">
      <div class="grow">
        <b>{account.company ?? 'Countersign'}</b>
        <p class="small quiet">{account.email}</p>
        {problem && <Note tone="danger">{problem}</Note>}
      </div>
      {asking ? (
        <span class="pair">
          <button type="button" class="button small" onClick={() => setAsking(false)}>
            Keep
          </button>
          <button
            type="button"
            class="button small danger"
            onClick={() => void run(() => unlinkDevice(account)).then((worked) => worked && refresh())}
          >
            {busy ? 'Unlinking' : 'Unlink now'}
          </button>
        </span>
      ) : (
        <button
          type="button"
          class="button small"
          aria-label={`Unlink ${account.email}`}
          onClick={() => setAsking(true)}
        >
          Unlink
        </button>
      )}
    </li>
  )
}

type Props = { accounts: Account[]; vapidKey: string | null; refresh: () => void; onAdd: () => void }

/** Accounts on this device, and how it is reached. */
export const SettingsView = ({ accounts, vapidKey, refresh, onAdd }: Props) => (
  <div class="stack">
    <h1>Settings</h1>
    <section class="stack tight">
      <h2>Accounts on this device</h2>
      <ul class="rows">
        {accounts.map((account) => (
          <Row key={account.authenticatorId} account={account} refresh={refresh} />
        ))}
      </ul>
      <button type="button" class="button" onClick={onAdd}>
        Add account
      </button>
    </section>
    <Wake accounts={accounts} vapidKey={vapidKey} />
  </div>
)
