import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet } from '../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Tile } from '../../ui/layout/tile.tsx'

/** What a confirmed click did, and the way on. */
export const Done = ({
  title,
  to,
  next,
  children,
}: {
  title: string
  to: string
  next: string
  children: ReactNode
}) => (
  <Sheet>
    <Tile icon={CircleCheck} tone="done" />
    <SheetHead title={title} step="done">
      {children}
    </SheetHead>
    <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={to}>
      {next}
    </Link>
  </Sheet>
)
