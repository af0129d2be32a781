import { cx } from '../cx.ts'

/** 3 resists phishing (passkey), 2 strong (app), 1 restricted (text, call; NIST SP 800-63B 3.2.9). */
export type StrengthLevel = 1 | 2 | 3

const word = { 1: 'Basic', 2: 'Strong', 3: 'Strongest' } satisfies Record<StrengthLevel, string>

/** Three bars and a word, with a reason after it if there is room ("can be intercepted"). */
export const Strength = ({ level, because }: { level: StrengthLevel; because?: string }) => (
  <span className={cx('strength', level === 1 && 'basic')}>
    <span className="bars" aria-hidden="true">
      <i className={cx(level >= 1 && 'on')} />
      <i className={cx(level >= 2 && 'on')} />
      <i className={cx(level >= 3 && 'on')} />
    </span>
    {word[level]}
    {because && `: ${because}`}
  </span>
)
