import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Button } from '../ui/button/button.tsx'
import { buttonClass } from '../ui/button/button-class.ts'
import { SheetHead } from './sheet-head.tsx'
import { Sheet, SignInShell } from './sign-in-shell.tsx'

/** What is left when a page breaks or cannot be loaded. A new release removes old files, so loading again helps. */
export const ErrorPage = () => (
  <SignInShell>
    <Sheet>
      <SheetHead title="This page did not load">
        Something went wrong, here or on the way. Nothing you did is lost on our side.
      </SheetHead>
      <Button variant="primary" size="lg" block onClick={() => window.location.reload()}>
        Load it again
      </Button>
      <Link className={buttonClass({ size: 'lg', block: true })} to={paths.home} reloadDocument>
        Go to Home
      </Link>
    </Sheet>
  </SignInShell>
)
