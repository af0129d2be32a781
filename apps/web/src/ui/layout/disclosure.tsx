import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** "Why two-factor authentication?", "Show as a table": the browser's own `details`. */
export const Disclosure = ({ summary, children }: { summary: string; children: ReactNode }) => (
  <details className="more">
    <summary>
      <ChevronRight className="i s" aria-hidden="true" />
      {summary}
    </summary>
    <div className="ps-5 text-sm text-ink-2">{children}</div>
  </details>
)
