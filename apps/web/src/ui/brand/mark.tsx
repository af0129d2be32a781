import { cx } from '../cx.ts'

/** `plain` is the emblem, `closed` carries the tick of SECURED, `open` still waits for its answer. */
export type MarkState = 'plain' | 'closed' | 'open'

/** The open ring: a C of ink, and in its opening the answer. Always beside a word, so hidden from readers. */
export const Mark = ({ state = 'plain', className }: { state?: MarkState; className?: string }) => (
  <svg className={cx('mark', state !== 'plain' && state, className)} viewBox="0 0 32 32" aria-hidden="true">
    <path className="word" d="M24.67 9.23A11 11 0 1 0 24.67 22.77" />
    <path className="answer" d="M26.27 12.06A11 11 0 0 1 26.27 19.94" />
    {state === 'closed' && <path className="tick" d="m11.6 16.4 3.1 3.1 5.8-6.4" />}
  </svg>
)
