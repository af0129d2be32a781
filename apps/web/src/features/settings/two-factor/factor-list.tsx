import type { AuthenticatorView, SecurityView } from '@countersign/contract/session'
import { Lock, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { factorIcon } from '../../../copy/icons.ts'
import { List, ListRow } from '../../../ui/layout/list-row.tsx'
import { Tile } from '../../../ui/layout/tile.tsx'
import { RowActs } from '../../../ui/overlay/row-acts.tsx'
import { Badge } from '../../../ui/status/badge.tsx'
import { Strength } from '../../../ui/status/strength.tsx'
import { dateText, TimeAgo } from '../../../ui/status/time-ago.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

const Facts = ({ factor: { label, addedAt, lastUsedAt } }: { factor: AuthenticatorView }) => (
  <>
    {label} · added {dateText(addedAt)} · {lastUsedAt ? 'last used ' : 'not used yet'}
    {lastUsedAt && <TimeAgo at={lastUsedAt} past />}
  </>
)

const Below = ({ factor, reason }: { factor: AuthenticatorView; reason: string | undefined }) => (
  <>
    <Strength level={factor.strength} />
    {reason && <p className="text-sm text-ink-2">{reason}</p>}
  </>
)

/** What the account is protected by. The one used last is offered first at the next sign-in. */
export const FactorList = ({ security }: { security: SecurityView }) => {
  const [asked, setAsked] = useState<{ what: 'rename' | 'remove'; factor: AuthenticatorView } | null>(null)
  const { authenticators, requirement } = security
  const usable = authenticators.filter((one) => !one.locked)
  const isLast = (one: AuthenticatorView) => usable.length === 1 && usable[0] === one
  const close = () => setAsked(null)
  const reasonFor = (one: AuthenticatorView) =>
    requirement?.inForce && isLast(one)
      ? `Stays as long as it is your only one, since ${requirement.company} requires a second factor. Add another to remove it.`
      : undefined
  return (
    <>
      <List>
        {authenticators.map((factor) => (
          <ListRow
            key={factor.id}
            tile={<Tile icon={factorIcon[factor.icon]} tone={factor.strength > 1 ? 'action' : 'plain'} />}
            title={factor.name}
            badges={
              factor.locked ? (
                <Badge tone="danger" icon={Lock}>
                  Locked
                </Badge>
              ) : (
                usable.length > 1 && factor === usable[0] && <Badge>Offered first</Badge>
              )
            }
            facts={<Facts factor={factor} />}
            below={<Below factor={factor} reason={reasonFor(factor)} />}
            acts={
              <RowActs
                thing={factor.name}
                acts={[
                  { verb: 'Rename', icon: Pencil, onSelect: () => setAsked({ what: 'rename', factor }) },
                  {
                    verb: 'Remove',
                    icon: Trash2,
                    danger: true,
                    reason: reasonFor(factor),
                    onSelect: () => setAsked({ what: 'remove', factor }),
                  },
                ]}
              />
            }
          />
        ))}
      </List>
      <RenameDialog factor={asked?.what === 'rename' ? asked.factor : null} onClose={close} />
      <RemoveDialog
        factor={asked?.what === 'remove' ? asked.factor : null}
        isLast={asked !== null && isLast(asked.factor)}
        onClose={close}
      />
    </>
  )
}
