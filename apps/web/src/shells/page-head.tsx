import type { ReactNode } from 'react'
import { StepHeading } from './step-heading.tsx'

/** A page's title with its actions at the right; below 768 px the actions fill the width. */
export const PageHead = ({ title, lead, acts }: { title: string; lead?: ReactNode; acts?: ReactNode }) => (
  <div className="flex flex-wrap items-center justify-between gap-3">
    <div className="grid gap-2">
      <StepHeading>{title}</StepHeading>
      {lead && <p className="lead">{lead}</p>}
    </div>
    {acts && <div className="page-acts gap-2 md:flex md:flex-wrap md:items-center">{acts}</div>}
  </div>
)
