import type { SignInView } from '@countersign/contract/sign-in'
import { useNavigate } from 'react-router'
import { useStartChallenge } from '../../api/challenge.ts'
import { problemIn } from '../../api/client.ts'
import { factorIcon } from '../../copy/icons.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { ChoiceLinkBody } from '../../ui/field/choice-link.tsx'
import { Note } from '../../ui/status/note.tsx'

/** The ways to prove oneself, each of which asks at once. */
export const Ways = ({ signIn }: { signIn: SignInView }) => {
  const navigate = useNavigate()
  const { mutate, error, isPending } = useStartChallenge()
  const problem = problemIn(error)
  if (signIn.step.kind !== 'prove') return null
  return (
    <>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <ul className="options">
        {signIn.step.ways.map((way) => (
          <li key={way.authenticatorId}>
            <button
              type="button"
              className="option"
              aria-disabled={isPending}
              onClick={() =>
                !isPending &&
                mutate(way.authenticatorId, { onSuccess: ({ id }) => navigate(paths.challenge(id)) })
              }
            >
              <ChoiceLinkBody
                icon={factorIcon[way.icon]}
                name={way.label}
                sentence={way.name === way.label ? '' : way.name}
                strength={way.strength}
              />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
