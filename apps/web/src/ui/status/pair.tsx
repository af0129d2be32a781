import { Check } from 'lucide-react'
import { cx } from '../cx.ts'

/** Where the sign-in stands: at the password, at the second factor, or both proven. */
export type PairStep = 'password' | 'second' | 'proven'

const Step = ({ name, state }: { name: string; state: 'now' | 'past' | 'past second' | 'ahead' }) => (
  <li className={cx(state !== 'ahead' && state)} aria-current={state === 'now' ? 'step' : undefined}>
    <span>
      {state.startsWith('past') && <Check className="i s" aria-hidden="true" />}
      {name}
      {state.startsWith('past') && <span className="sr-only"> (done)</span>}
    </span>
  </li>
)

export const Pair = ({ step }: { step: PairStep }) => (
  <ol className="pair" aria-label="Sign-in steps">
    <Step name="Password" state={step === 'password' ? 'now' : 'past'} />
    <Step
      name="Second factor"
      state={step === 'password' ? 'ahead' : step === 'second' ? 'now' : 'past second'}
    />
  </ol>
)
