import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'

/** The browser's own select in our clothes: keyboard, readers and phones know it already. */
export const SelectInput = ({ children, ...rest }: ComponentProps<'select'>) => (
  <span className="select-box">
    <select {...rest} className="select">
      {children}
    </select>
    <ChevronDown className="i s" aria-hidden="true" />
  </span>
)
