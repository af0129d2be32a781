import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

const icons = { plain: 'lock', danger: 'alert', done: 'check' } as const

type Props = { tone?: keyof typeof icons; children: ComponentChildren }

/** One or two sentences; errors are announced at once, news when there is a pause. */
export const Note = ({ tone = 'plain', children }: Props) => (
  <p class={`note ${tone}`} role={tone === 'danger' ? 'alert' : tone === 'done' ? 'status' : undefined}>
    <Icon name={icons[tone]} />
    <span>{children}</span>
  </p>
)
