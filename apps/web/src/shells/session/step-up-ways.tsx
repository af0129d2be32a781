import type { AuthenticatorView } from '@countersign/contract/session'
import { factorIcon } from '../../copy/icons.ts'
import { ChoiceButton } from '../../ui/field/choice-button.tsx'
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
        <ChoiceButton
          key={way.id}
          icon={factorIcon[way.icon]}
          name={way.label}
          sentence={way.name}
          strength={way.strength}
          onPress={() => onChoose(way.id)}
        />
      ))}
    </ul>
  </DialogBody>
)
