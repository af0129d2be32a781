import { tokenCounter, tokenPeriod } from '@countersign/contract/signed'
import { useEffect, useState } from 'preact/hooks'
import { tokenAt } from '../device/keys.ts'
import type { Account } from '../device/vault.ts'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { useNow } from '../parts/use-now.ts'

const radius = 86
const round = 2 * Math.PI * radius
/** From here the ring is amber. */
const soon = 5

const useToken = (account: Account, counter: number): string | null => {
  const [token, setToken] = useState<{ of: string; digits: string } | null>(null)
  const of = `${account.authenticatorId} ${counter}`
  useEffect(() => {
    let over = false
    void tokenAt(account.tokenKey, counter * tokenPeriod * 1000).then((digits) => {
      if (!over) setToken({ of, digits })
    })
    return () => {
      over = true
    }
  }, [account.tokenKey, counter, of])
  return token?.of === of ? token.digits : null
}

const Copy = ({ token }: { token: string | null }) => {
  const [copied, setCopied] = useState<string | null>(null)
  return (
    <button
      type="button"
      class="button"
      onClick={async () => {
        await navigator.clipboard.writeText(token ?? '')
        setCopied(token)
      }}
    >
      <Icon name="copy" />
      {copied !== null && copied === token ? 'Copied' : 'Copy token'}
    </button>
  )
}

/** The token of one account, in a ring that runs down. */
export const TokenView = ({ account }: { account: Account }) => {
  const now = useNow()
  const token = useToken(account, tokenCounter(now))
  const left = tokenPeriod - (now / 1000 - tokenCounter(now) * tokenPeriod)
  const seconds = Math.ceil(left)
  const drawn = (round * left) / tokenPeriod
  return (
    <>
      <h1 class="silent">Your token</h1>
      <div class="dial">
        <svg viewBox="0 0 200 200" role="timer" aria-label={`Token changes in ${seconds} seconds`}>
          <circle class="track" cx="100" cy="100" r={radius} />
          <circle
            class={`left ${seconds <= soon ? 'soon' : ''}`}
            cx="100"
            cy="100"
            r={radius}
            stroke-dasharray={`${drawn} ${round}`}
          />
        </svg>
        <div class="inside">
          <p class="token">
            <span class="silent">Token </span>
            <output aria-label="Token">
              <span>{token?.slice(0, 3)}</span> <span>{token?.slice(3)}</span>
            </output>
          </p>
          <p class="small quiet">{seconds === 1 ? '1 second' : `${seconds} seconds`}</p>
        </div>
      </div>
      <Copy token={token} />
      <Note>Nobody from your company will ever ask you to read this token aloud.</Note>
    </>
  )
}
