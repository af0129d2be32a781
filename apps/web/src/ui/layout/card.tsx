import { type ReactNode, useId } from 'react'
import { cx } from '../cx.ts'

export type CardProps = {
  title: string
  /** One sentence under the title. */
  lead?: ReactNode
  /** Badge or rarer action, at the right of the title. */
  state?: ReactNode
  /** Policy text and the rarer action, on sunken ground. */
  footer?: ReactNode
  /** For links from the side list. */
  id?: string
  className?: string
  children?: ReactNode
}

/** Title, one sentence, state at the right; then content; then a sunken footer. */
export const Card = ({ title, lead, state, footer, id, className, children }: CardProps) => {
  const titleId = useId()
  return (
    <section className={cx('card', className)} aria-labelledby={titleId} id={id}>
      <header>
        <div className="grid min-w-0 gap-2">
          <h2 id={titleId}>{title}</h2>
          {lead && <p className="text-ink-2">{lead}</p>}
        </div>
        {state}
      </header>
      {children && <div className="body">{children}</div>}
      {footer && <footer>{footer}</footer>}
    </section>
  )
}
