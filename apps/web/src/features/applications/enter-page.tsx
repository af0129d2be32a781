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
import { ApplicationSign } from '../../ui/brand/application-sign.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
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
  // An address that was cut or made up leads nowhere either, however often it is tried.
  if (problem.code === 'not-found' || problem.code === 'invalid-input')
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
        <StepHeading step="enrol">{`${name} asks for a second factor`}</StepHeading>
        <p className="lead">You have none that works yet. Set one up, and open {name} again.</p>
        <Link className={buttonClass({ variant: 'primary' })} to={`${paths.settings}#two-factor`}>
          Set up a second factor
        </Link>
      </>
    )
  if (problem.code === 'step-up-required')
    return (
      <>
        <StepHeading step="confirm">{`${name} asks who you are`}</StepHeading>
        <p className="lead">Confirm with your second factor, and you are let in.</p>
        <Button variant="primary" onClick={retry} waiting={retrying && 'Asking'}>
          Confirm it is you
        </Button>
      </>
    )
  return (
    <>
      <StepHeading>{`Opening ${name}`}</StepHeading>
      <Failed sentence={problemSentence(problem)} onRetry={retry} retrying={retrying} />
    </>
  )
}

/** Somebody who is signed in on their way into an application: straight on, or what stands between. */
const EnterPage = () => {
  const { pathname, search } = useLocation()
  const path = `${pathname}${search}`
  const waiting = waitingAt(path)
  const door = useQuery(dressQuery(waiting)).data
  const name = door?.name ?? 'the application'
  const { deed, refusal, problem } = useEnter(path, waiting)
  if (refusal)
    return (
      <div className="enter">
        <Refused {...refusal} />
      </div>
    )
  return (
    <div className="enter">
      {door && <ApplicationSign {...door} />}
      {problem ? (
        <Stuck problem={problem} name={name} retry={() => deed.mutate()} retrying={deed.isPending} />
      ) : (
        <>
          <StepHeading>{`Opening ${name}`}</StepHeading>
          <p className="lead late">One moment.</p>
        </>
      )}
    </div>
  )
}

export default EnterPage
