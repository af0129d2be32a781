import { Ellipsis, type LucideIcon } from 'lucide-react'
import { IconButton } from '../button/icon-button.tsx'
import { Menu, MenuItem } from './menu.tsx'

export type RowAct = {
  /** The verb: "Rename". */
  verb: string
  icon: LucideIcon
  onSelect: () => void
  /** Why it cannot be done. */
  reason?: string | undefined
  danger?: boolean
}

/** Icon buttons from 768 px up; below that one "..." menu named after what it holds. */
export const RowActs = ({ thing, acts }: { thing: string; acts: readonly RowAct[] }) => {
  const verbs = acts.map((act, index) => (index === 0 ? act.verb : act.verb.toLowerCase())).join(' or ')
  return (
    <>
      {acts.map((act) => (
        <IconButton
          key={act.verb}
          className="wide-only"
          label={`${act.verb} ${thing}`}
          icon={act.icon}
          onClick={act.reason ? undefined : act.onSelect}
          aria-disabled={act.reason ? true : undefined}
          title={act.reason ?? `${act.verb} ${thing}`}
        />
      ))}
      <Menu
        align="end"
        opener={<IconButton className="phone-only" label={`${verbs} ${thing}`} icon={Ellipsis} />}
      >
        {acts.map((act) => (
          <MenuItem
            key={act.verb}
            icon={act.icon}
            onSelect={act.onSelect}
            reason={act.reason}
            {...(act.danger && { danger: true })}
          >
            {act.verb}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
