import type { Way } from '@countersign/contract/sign-in'
import { Ways } from '../../shells/attempt/ways.tsx'

const about = ({ name, label, strength }: Way) => ({ sentence: name === label ? '' : name, strength })

/** The factors somebody can prove themselves with, by the names they gave them. */
export const OwnWays = ({ ways }: { ways: readonly Way[] }) => <Ways ways={ways} about={about} />
