import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Tile, type TileTone } from '../layout/tile.tsx'
import { Strength, type StrengthLevel } from '../status/strength.tsx'

export type ChoiceLinkBodyProps = {
  icon: LucideIcon
  tone?: TileTone
  name: string
  sentence?: ReactNode
  strength?: StrengthLevel
  because?: string
}

/**
 * The inside of a choice. Put it in `<li><Link className="option">` within `<ul className="options">` where it
 * navigates; one that acts at once is a `ChoiceButton`.
 */
export const ChoiceLinkBody = ({ icon, tone, name, sentence, strength, because }: ChoiceLinkBodyProps) => (
  <>
    <Tile icon={icon} {...(tone && { tone })} />
    <span className="what">
      <b>{name}</b>
      {sentence && <span className="text-sm text-ink-2">{sentence}</span>}
      {strength && <Strength level={strength} {...(because && { because })} />}
    </span>
    <ChevronRight className="i go" aria-hidden="true" />
  </>
)
