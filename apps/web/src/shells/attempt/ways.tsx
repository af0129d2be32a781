import type { Way } from '@countersign/contract/sign-in'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useStartChallenge } from '../../api/challenge.ts'
import { problemIn } from '../../api/client.ts'
import { factorIcon } from '../../copy/icons.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { ChoiceButton } from '../../ui/field/choice-button.tsx'
import { Note } from '../../ui/status/note.tsx'

const sentences: Partial<Record<Way['factor'], string>> = {
  'recovery-codes': 'One of the ten codes you saved. Each works once.',
  passcode: 'Your Security Admin had one mailed to you. Type it here.',
}

/** What to look for, or the name that somebody gave it. */
const sentenceOf = ({ factor, name, label }: Way) => sentences[factor] ?? (name === label ? '' : name)

type Props = {
  ways: readonly Way[]
  /** Choices of another sort, after these. */
  children?: ReactNode
}

/** The ways to prove oneself, each of which asks at once. */
export const Ways = ({ ways, children }: Props) => {
  const navigate = useNavigate()
  const start = useStartChallenge()
  const problem = problemIn(start.error)
  const ask = (id: string) =>
    start.mutate(id, { onSuccess: (challenge) => navigate(paths.challenge(challenge.id)) })
  return (
    <>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <ul className="options empty:hidden">
        {ways.map((way) => (
          <ChoiceButton
            key={way.authenticatorId}
            icon={factorIcon[way.icon]}
            name={way.label}
            sentence={sentenceOf(way)}
            strength={way.strength}
            off={start.isPending}
            onPress={() => ask(way.authenticatorId)}
          />
        ))}
        {children}
      </ul>
    </>
  )
}
