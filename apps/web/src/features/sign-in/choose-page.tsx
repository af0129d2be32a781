import type { Offer } from '@countersign/contract/sign-in'
import { Link, Navigate, useNavigate } from 'react-router'
import { useStartEnrolment } from '../../api/challenge.ts'
import { problemIn } from '../../api/client.ts'
import { factorIcon } from '../../copy/icons.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { whyEnrol } from '../../copy/requirement.ts'
import { paths } from '../../paths.ts'
import { AttemptPage } from '../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../shells/attempt/use-abandon.ts'
import { Ways } from '../../shells/attempt/ways.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { ChoiceButton } from '../../ui/field/choice-button.tsx'
import { Note } from '../../ui/status/note.tsx'
import { RemindLater } from './remind-later.tsx'

const because: Record<number, string> = { 1: 'can be intercepted', 3: 'works only on the real site' }

/** The factors that may be enrolled, strongest first. */
const Offers = ({ offers }: { offers: readonly Offer[] }) => {
  const navigate = useNavigate()
  const { mutate, error, isPending } = useStartEnrolment()
  const problem = problemIn(error)
  return (
    <>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <ul className="options">
        {offers.map(({ factor, label, sentence, icon, strength }) => (
          <ChoiceButton
            key={factor}
            icon={factorIcon[icon]}
            name={label}
            sentence={sentence}
            strength={strength}
            {...(because[strength] && { because: because[strength] })}
            off={isPending}
            onPress={() => mutate(factor, { onSuccess: ({ id }) => navigate(paths.challenge(id)) })}
          />
        ))}
      </ul>
    </>
  )
}

/** Every way there is: to prove oneself, or to begin with. */
const ChoosePage = () => {
  const abandon = useAbandon()
  return (
    <AttemptPage>
      {(signIn) => {
        const { step } = signIn
        if (step.kind !== 'enrol' && step.kind !== 'prove') return <Navigate to={paths.next} replace />
        const enrols = step.kind === 'enrol'
        const required = whyEnrol(signIn)
        return (
          <SignInShell
            step="second"
            wide
            portal={signIn.company ?? ''}
            aside={<RemindLater signIn={signIn} />}
          >
            <Sheet>
              <SheetHead
                title={enrols ? 'Choose your second factor' : 'Try another way'}
                who={signIn.person}
                onNotMe={abandon}
              >
                {enrols
                  ? `${required ? `${required} ` : ''}Strongest first. You can add more than one later.`
                  : 'Any of these will do.'}
              </SheetHead>
              {step.kind === 'enrol' ? <Offers offers={step.offers} /> : <Ways ways={step.ways} />}
              {!enrols && (
                <p>
                  <Link to={paths.lostPhone}>I don’t have access to my phone</Link>
                </p>
              )}
            </Sheet>
          </SignInShell>
        )
      }}
    </AttemptPage>
  )
}

export default ChoosePage
