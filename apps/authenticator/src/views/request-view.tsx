import type { PushRequestView } from '@countersign/contract'
import type { Decision } from '@countersign/contract/signed'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { answerRequest } from '../deeds.ts'
import type { Account } from '../device/vault.ts'
import { Icon } from '../parts/icon.tsx'
import { Note } from '../parts/note.tsx'
import { NumberCells } from '../parts/number-cells.tsx'
import { Swipe } from '../parts/swipe.tsx'
import { useDeed } from '../parts/use-deed.ts'
import { useNow } from '../parts/use-now.ts'
import { clockText } from '../words.ts'

const Fact = (props: {
  icon: Parameters<typeof Icon>[0]['name']
  name: string
  children: ComponentChildren
}) => (
  <div>
    <dt>
      <Icon name={props.icon} />
      <span class="silent">{props.name}</span>
    </dt>
    <dd>{props.children}</dd>
  </div>
)

const timeOf = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

const Facts = ({ request, email }: { request: PushRequestView; email: string }) => (
  <dl class="facts">
    <Fact icon="monitor" name="Browser">
      {request.browser}
    </Fact>
    <Fact icon="pin" name="Address">
      <span class="mono">{request.address}</span>
    </Fact>
    <Fact icon="building" name="Account">
      {request.company ?? 'Countersign'}
      <br />
      <span class="small quiet">{email}</span>
    </Fact>
    <Fact icon="clock" name="Time">
      {timeOf.format(new Date(request.at))}
    </Fact>
  </dl>
)

const ended: Record<Decision, string> = {
  approve: 'Approved. Your browser goes on by itself.',
  deny: 'Refused. That sign-in cannot go on.',
  disown:
    'Refused. We ended that sign-in and sent you a mail. Choose a new password now: somebody knows the old one.',
}

type Props = {
  request: PushRequestView
  account: Account
  onEnded: (news: string) => void
  refresh: () => void
}

/** One sign-in that waits: who, from where, and the number that proves they look at the same screen. */
export const RequestView = ({ request, account, onEnded, refresh }: Props) => {
  const [number, setNumber] = useState('')
  const { busy, problem, run } = useDeed()
  const left = Math.max(0, Math.ceil((new Date(request.expiresAt).getTime() - useNow()) / 1000))
  const ready = number.length === 6 && !busy && left > 0
  const decide = async (decision: Decision) => {
    if (decision === 'approve' && !ready) return
    const worked = await run(() =>
      answerRequest(account, request.id, decision, decision === 'approve' ? number : ''),
    )
    if (worked) onEnded(ended[decision])
    else setNumber('')
    refresh()
  }
  const what = request.purpose === 'sign-in' ? 'gave' : 'is signed in with'
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void decide('approve')
      }}
    >
      <div>
        <h1>Is this you?</h1>
        <p class="lead">
          Somebody {what} {request.person}’s password{request.company ? ` at ${request.company}` : ''}.
        </p>
        <p class="small quiet">{left > 0 ? `Ends in ${clockText(left)}` : 'This request has ended.'}</p>
      </div>
      <Facts request={request} email={account.email} />
      <div>
        <label class="label" for="number">
          Type the number shown in the browser
        </label>
        <NumberCells id="number" value={number} disabled={busy} onInput={setNumber} />
      </div>
      {problem && <Note tone="danger">{problem}</Note>}
      <div class="stack tight">
        <Swipe ready={ready} onDone={() => void decide('approve')} />
        <button type="submit" class="button primary" aria-disabled={!ready} aria-describedby="how">
          {busy ? 'Sending' : 'Approve'}
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => void decide('deny')}>
          Deny
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => void decide('disown')}>
          <Icon name="x" />
          No, this is not me
        </button>
      </div>
      <p class="small quiet centre" id="how">
        Once all six digits are in, press Approve, swipe right, or press Enter. A wrong number ends the
        request.
      </p>
    </form>
  )
}
