import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'

const sentences: Record<string, string> = {
  invalid_client: 'The application that sent you is not known here, or is switched off.',
  invalid_redirect_uri: 'The application wanted you back at an address that is not registered for it.',
  server_error: 'We could not do that just now. Try again in a moment.',
  temporarily_unavailable: 'We could not do that just now. Try again in a moment.',
  // The provider's own word for an interaction that is over.
  invalid_request: 'The way in has ended, or the application asked for it in a way that is not allowed here.',
}

/** An application asked for something it may not: said here, and sent nowhere. */
const ProblemPage = () => {
  const code = new URLSearchParams(location.search).get('error') ?? ''
  return (
    <SignInShell>
      <Sheet>
        <SheetHead title="This application cannot sign you in">
          {sentences[code] ?? 'The application asked for something that is not allowed here.'}
        </SheetHead>
        <p className="text-ink-2">
          Open the application again. If that does not help, tell whoever runs it: <code>{code}</code>.
        </p>
        <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={paths.home}>
          Go to Home
        </Link>
      </Sheet>
    </SignInShell>
  )
}

export default ProblemPage
