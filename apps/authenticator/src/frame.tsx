import type { ComponentChildren } from 'preact'
import { Icon, Mark } from './parts/icon.tsx'

export type Tab = 'token' | 'requests' | 'settings'

const tabs = [
  { id: 'token', icon: 'shield', label: 'Token' },
  { id: 'requests', icon: 'bell', label: 'Requests' },
  { id: 'settings', icon: 'settings', label: 'Settings' },
] as const

const sandbox = document.querySelector<HTMLMetaElement>('meta[name="countersign-sandbox"]')?.content

const Strip = () =>
  sandbox ? (
    <aside class="sandbox" aria-label="Sandbox notice">
      <Icon name="flask" size={16} />
      <span>
        Sandbox. <a href={sandbox}>Open phones and mailbox</a>
      </span>
    </aside>
  ) : null

type Props = { tab: Tab | null; waiting: number; onAdd: () => void; children: ComponentChildren }

/** Header, content and the three tabs. */
export const Frame = ({ tab, waiting, onAdd, children }: Props) => (
  <>
    <Strip />
    <div class="app">
      <header>
        <span class="brand">
          <Mark />
          Authenticator
        </span>
        <button type="button" class="button icon-only" aria-label="Add account" onClick={onAdd}>
          <Icon name="plus" size={22} />
        </button>
      </header>
      <main>{children}</main>
      <nav aria-label="Authenticator">
        {tabs.map(({ id, icon, label }) => (
          <a key={id} href={`#${id}`} aria-current={tab === id ? 'page' : undefined}>
            <Icon name={icon} size={22} />
            {label}
            {id === 'requests' && waiting > 0 && (
              <span class="count" role="status">
                {waiting}
                <span class="silent"> waiting</span>
              </span>
            )}
          </a>
        ))}
      </nav>
    </div>
  </>
)
