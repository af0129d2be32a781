import type { SecurityView } from '@countersign/contract/session'
import { problemIn } from '../../../api/client.ts'
import { factorIcon } from '../../../copy/icons.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { ChoiceButton } from '../../../ui/field/choice-button.tsx'
import { Dialog, DialogBody } from '../../../ui/overlay/dialog.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { useEnrol } from '../use-enrol.ts'
import { whyNotOffered } from './why-not-offered.ts'

/** What may be added, strongest first. */
export const AddFactorDialog = ({
  open,
  onClose,
  offers,
}: {
  open: boolean
  onClose: () => void
  offers: SecurityView['offers']
}) => {
  const enrol = useEnrol()
  const problem = problemIn(enrol.error)
  const close = () => {
    enrol.reset()
    onClose()
  }
  return (
    <Dialog title="Add a factor" open={open} onClose={close}>
      <DialogBody>
        <p>What you have goes on working. At sign-in the one used last is offered first.</p>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
        <ul className="options">
          {offers.map((offer) => {
            const reason = whyNotOffered(offer)
            return (
              <ChoiceButton
                key={offer.factor}
                icon={factorIcon[offer.icon]}
                name={offer.label}
                sentence={reason ?? offer.sentence}
                strength={offer.strength}
                off={enrol.isPending || reason !== undefined}
                onPress={() => enrol.mutate({ factor: offer.factor })}
              />
            )
          })}
        </ul>
      </DialogBody>
    </Dialog>
  )
}
