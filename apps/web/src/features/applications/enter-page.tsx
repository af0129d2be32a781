import type { EnterResult } from '@countersign/contract/applications'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { dressQuery, enter, type Waiting, waitingAt } from '../../api/applications.ts'
import { problemIn } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence, type SpokenProblem } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { rememberReturn } from '../../shells/session/return-to.ts'
import { StepHeading } from '../../shells/step-heading.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { Refused } from './refused.tsx'

type Refusal = Extract<EnterResult, { outcome: 'refused' }>

const useEnter = (path: string, waiting: Waiting | null) => {
  const navigate = useNavigate()
  const here = useLocation()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const deed = useDeed(() => enter(waiting ?? { uid: '' }), {
    onDone: (result) => {
      if (result.outcome === 'refused') return setRefusal(result)
      // By script, since the way ends at another site, which no form of ours may.
      if (result.outcome === 'go') return window.location.replace(result.location)
      rememberReturn(here)
      navigate(paths.login, { replace: true, state: { again: true } })
    },
  })
  const asked = useRef<string | null>(null)
  const { mutate } = deed
  useEffect(() => {
    if (asked.current === path) return
    asked.current = path
    mutate()
  }, [path, mutate])
  return { deed, refusal, problem: problemIn(deed.error) }
}

const Stuck = ({
  problem,
  name,
  retry,
  retrying,
}: {
  problem: SpokenProblem
  name: string
  retry: () => void
  retrying: boolean
}) => {
  if (problem.code === 'not-found')
    return (
      <>
        <StepHeading step="over">This way in has ended</StepHeading>
        <p className="lead">
          It was used already, took too long, or began in another browser. Open the application again.
        </p>
        <Link className={buttonClass({ variant: 'primary' })} to={paths.home}>
          Go to Home
        </Link>
      </>
    )
  if (problem.code === 'needs-own-factor')
    return (
      <>
        <StepHeading step="enrol">{name} asks for a second factor</StepHeading>
        <p className="lead">You have none that works yet. Set one up, and open {name} again.</p>
        <Link className={buttonClass({ variant: 'primary' })} to={`${paths.settings}#two-factor`}>
          Set up a second factor
        </Link>
      </>
    )
  if (problem.code === 'step-up-required')
    return (
      <>
        <StepHeading step="confirm">{name} asks who you are</StepHeading>
        <p className="lead">Confirm with your second factor, and you are let in.</p>
        <Button variant="primary" onClick={retry} waiting={retrying && 'Asking'}>
          Confirm it’s you
        </Button>
      </>
    )
  return (
    <>
      <StepHeading>Opening {name}</StepHeading>
      <Failed sentence={problemSentence(problem)} onRetry={retry} retrying={retrying} />
    </>
  )
}

/** Somebody who is signed in on their way into an application: straight on, or what stands between. */
const EnterPage = () => {
  const { pathname, search } = useLocation()
  const path = `${pathname}${search}`
  const waiting = waitingAt(path)
  const name = useQuery(dressQuery(waiting)).data?.name ?? 'the application'
  const { deed, refusal, problem } = useEnter(path, waiting)
  return (
    <div className="enter">
      {refusal && <Refused {...refusal} />}
      {problem && !refusal && (
        <Stuck problem={problem} name={name} retry={() => deed.mutate()} retrying={deed.isPending} />
      )}
      {!problem && !refusal && (
        <>
          <StepHeading>Opening {name}</StepHeading>
          <Bones rows={2} />
        </>
      )}
    </div>
  )
}

export default EnterPage
