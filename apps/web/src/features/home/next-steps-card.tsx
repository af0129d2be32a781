import {
  CircleCheck,
  KeyRound,
  Lock,
  type LucideIcon,
  Mail,
  Plus,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Card } from '../../ui/layout/card.tsx'
import { List, ListRow } from '../../ui/layout/list-row.tsx'
import { Tile, type TileTone } from '../../ui/layout/tile.tsx'
import { Empty } from '../../ui/status/empty.tsx'
import type { NextStep } from './next-steps.ts'

const looks: Record<NextStep['kind'], { icon: LucideIcon; tone: TileTone }> = {
  enable: { icon: ShieldAlert, tone: 'notice' },
  locked: { icon: Lock, tone: 'danger' },
  codes: { icon: KeyRound, tone: 'notice' },
  stronger: { icon: TriangleAlert, tone: 'notice' },
  second: { icon: Plus, tone: 'plain' },
  email: { icon: Mail, tone: 'plain' },
}

/** The most pressing first, and only it with a filled button; `calm` says why there is none. */
export const NextStepsCard = ({ steps, calm }: { steps: readonly NextStep[]; calm: string }) => (
  <Card title="What to do next">
    {steps.length === 0 ? (
      <Empty icon={CircleCheck} title="Nothing to do">
        {calm}
      </Empty>
    ) : (
      <List>
        {steps.map(({ kind, title, why, act }, index) => (
          <ListRow
            key={title}
            folds
            tile={<Tile {...looks[kind]} />}
            title={title}
            facts={why}
            acts={
              act && (
                <Link
                  className={buttonClass({ size: 'sm', variant: index === 0 ? 'primary' : 'default' })}
                  to={`${paths.settings}#two-factor`}
                >
                  {act}
                </Link>
              )
            }
          />
        ))}
      </List>
    )}
  </Card>
)
