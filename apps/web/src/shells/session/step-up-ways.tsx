import type { AuthenticatorView } from '@countersign/contract/session'
import { factorIcon } from '../../copy/icons.ts'
import { ChoiceLinkBody } from '../../ui/field/choice-link.tsx'
import { DialogBody } from '../../ui/overlay/dialog.tsx'

/** Which of their own factors somebody would rather use. */
export const StepUpWays = ({
  ways,
  onChoose,
}: {
  ways: readonly AuthenticatorView[]
  onChoose: (id: string) => void
}) => (
  <DialogBody>
    <p>Any of these will do.</p>
    <ul className="options">
      {ways.map((way) => (
        <li key={way.id}>
          <button type="button" className="option" onClick={() => onChoose(way.id)}>
            <ChoiceLinkBody
              icon={factorIcon[way.icon]}
              name={way.label}
              sentence={way.name}
              strength={way.strength}
            />
          </button>
        </li>
      ))}
    </ul>
  </DialogBody>
)
