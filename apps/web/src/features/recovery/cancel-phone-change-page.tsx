import { useMutation } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { Tile } from '../../ui/layout/tile.tsx'
import { Note } from '../../ui/status/note.tsx'

const ToSignIn = () => (
  <Link className={buttonClass({ size: 'lg', block: true })} to={paths.login}>
    Back to sign in
  </Link>
)

const Cancelled = () => (
  <Sheet>
    <Tile icon={CircleCheck} tone="done" />
    <SheetHead title="Your phone number stays" step="done">
      The request is cancelled. If you did not make it, somebody knows your password: choose a new one now.
    </SheetHead>
    <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={paths.forgotten}>
      Choose a new password
    </Link>
    <ToSignIn />
  </Sheet>
)

const Over = () => (
  <Sheet>
    <SheetHead title="This link no longer works" step="over">
      The request was cancelled or has taken effect already, or the link did not arrive whole. If a number you
      do not know was added, ask your Security Admin at once.
    </SheetHead>
    <ToSignIn />
  </Sheet>
)

/** Where "Cancel this request" in a mail leads. Opening it does nothing; the press does. */
const CancelPhoneChangePage = () => {
  // The secret leaves the address bar at once, so that no history or screenshot keeps it.
  const [token] = useState(() => window.location.hash.slice(1))
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), [])
  const cancel = useMutation({
    mutationFn: () => read(api.recovery['phone-change'].cancel.$post({ json: { token } })),
  })
  const problem = problemIn(cancel.error)
  if (cancel.isSuccess)
    return (
      <SignInShell>
        <Cancelled />
      </SignInShell>
    )
  if (!token || problem?.code === 'link-over')
    return (
      <SignInShell>
        <Over />
      </SignInShell>
    )
  return (
    <SignInShell>
      <Sheet>
        <SheetHead title="Keep your phone number?">
          Somebody with your password asked to change the phone number of your account. If that was not you,
          or you have your phone again, cancel it here.
        </SheetHead>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
        <div className="grid gap-3">
          <Button
            variant="danger"
            size="lg"
            block
            onClick={() => cancel.mutate()}
            waiting={cancel.isPending && 'Cancelling'}
          >
            Cancel the request
          </Button>
          <Link className={buttonClass({ size: 'lg', block: true })} to={paths.login}>
            Let it go on
          </Link>
        </div>
      </Sheet>
    </SignInShell>
  )
}

export default CancelPhoneChangePage
