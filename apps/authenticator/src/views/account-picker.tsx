import type { Account } from '../device/vault.ts'

type Props = { accounts: Account[]; current: Account; onChoose: (id: string) => void }

const initial = (account: Account) => (account.company ?? account.email).charAt(0).toUpperCase()

/** Whose token is shown; a choice only where there is one. */
export const AccountPicker = ({ accounts, current, onChoose }: Props) => (
  <div class="account">
    <span class="avatar" aria-hidden="true">
      {initial(current)}
    </span>
    {accounts.length === 1 ? (
      <div class="grow">
        <b>{current.company ?? 'Countersign'}</b>
        <p class="small quiet">{current.email}</p>
      </div>
    ) : (
      <select
        class="text grow"
        aria-label="Switch account"
        value={current.authenticatorId}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {accounts.map((one) => (
          <option key={one.authenticatorId} value={one.authenticatorId}>
            {one.company ?? 'Countersign'}, {one.email}
          </option>
        ))}
      </select>
    )}
  </div>
)
