import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Avatar } from '../ui/brand/avatar.tsx'
import { StepHeading } from './step-heading.tsx'

/** Who is signing in, with a way out, then the question of this step and why it is asked. */
export const SheetHead = ({
  who,
  onNotMe,
  step,
  title,
  children,
}: {
  /** The person of the first step; their address is shown, their name gives the initials. */
  who?: { name: string; email: string } | undefined
  onNotMe?: () => void
  step?: string
  title: string
  /** The lead, one or two sentences. */
  children?: ReactNode
}) => (
  <div className="head">
    {who && (
      <p className="who">
        <Avatar name={who.name} />
        <span className="name">{who.email}</span>
        <Link className="text-sm" to={paths.login} onClick={onNotMe}>
          Not you?
        </Link>
      </p>
    )}
    <StepHeading {...(step && { step })}>{title}</StepHeading>
    {children && <p className="lead">{children}</p>}
  </div>
)
