import { ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { buttonClass } from '../ui/button/button-class.ts'
import type { PromptProps } from './prompt-props.ts'

/**
 * Leaves for another site by a full-page navigation from script: a form would be stopped by `form-action 'self'`.
 * The link stays for whoever comes back.
 */
export const Redirect = ({ challenge, head, className, aside }: PromptProps<'redirect'>) => {
  const { url, title } = challenge.prompt
  useEffect(() => {
    const timer = setTimeout(() => location.assign(url), 600)
    return () => clearTimeout(timer)
  }, [url])
  return (
    <div className={className}>
      {head}
      <a className={buttonClass({ variant: 'primary', size: 'lg', block: true })} href={url}>
        {title}
        <ArrowRight className="i" aria-hidden="true" />
      </a>
      {aside}
    </div>
  )
}
