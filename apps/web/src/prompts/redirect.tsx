import { ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { buttonClass } from '../ui/button/button-class.ts'
import { rememberLeftFrom } from './left-from.ts'
import type { PromptProps } from './prompt-props.ts'

/**
 * Leaves for another site by a full-page navigation from script: a form would be stopped by `form-action 'self'`.
 * The link stays for whoever comes back.
 */
export const Redirect = ({ challenge, head, className, aside }: PromptProps<'redirect'>) => {
  const { url, title } = challenge.prompt
  useEffect(() => {
    const leave = () => {
      rememberLeftFrom()
      location.assign(url)
    }
    const timer = setTimeout(leave, 600)
    return () => clearTimeout(timer)
  }, [url])
  return (
    <div className={className}>
      {head}
      <a
        className={buttonClass({ variant: 'primary', size: 'lg', block: true })}
        href={url}
        onClick={rememberLeftFrom}
      >
        {title}
        <ArrowRight className="i" aria-hidden="true" />
      </a>
      {aside}
    </div>
  )
}
