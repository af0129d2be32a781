import { Link } from 'react-router'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Failed } from '../../ui/status/failed.tsx'
import { useSignOut } from './use-sign-out.ts'

type Props = {
  /** Another site to go to afterwards, instead of the sign-in. */
  back?: string | null | undefined
  /** What is to be kept over the sign-out. */
  keep?: () => void
}

/** The end of a sheet that asks somebody whether they would sign out. */
export const SignOutOrStay = ({ back, keep }: Props) => {
  const signOut = useSignOut(back)
  const problem = problemIn(signOut.error)
  const leave = () => {
    keep?.()
    signOut.mutate()
  }
  return (
    <>
      {problem && <Failed sentence={problemSentence(problem)} onRetry={leave} />}
      <Button
        variant="primary"
        size="lg"
        block
        onClick={leave}
        waiting={(signOut.isPending || signOut.isSuccess) && 'Signing out'}
      >
        Sign out
      </Button>
      <Link className={buttonClass({ size: 'lg', block: true })} to={paths.home}>
        Stay signed in
      </Link>
    </>
  )
}
