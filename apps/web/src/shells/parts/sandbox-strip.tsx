import { FlaskConical } from 'lucide-react'
import { sandboxUrl } from '../../page-meta.ts'

/** On every page in sandbox mode, above everything. */
export const SandboxStrip = () => {
  const url = sandboxUrl()
  if (!url) return null
  return (
    <aside className="sandbox" aria-label="Sandbox notice">
      <FlaskConical className="i s" aria-hidden="true" />
      <span>
        Sandbox<span className="opt">: nothing leaves this machine</span>.{' '}
        <a href={url}>Open phones and mailbox</a>
      </span>
    </aside>
  )
}
