import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { buttonClass } from '../ui/button/button-class.ts'
import { SheetHead } from './sheet-head.tsx'
import { Sheet, SignInShell } from './sign-in-shell.tsx'

export const NotFoundPage = () => (
  <SignInShell>
    <Sheet>
      <SheetHead title="There is no page here">
        The address may be mistyped, or the page has moved. Check it, or begin at Home.
      </SheetHead>
      <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={paths.home}>
        Go to Home
      </Link>
    </Sheet>
  </SignInShell>
)
