import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../shells/sign-in-shell.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { answers } from './help-answers.tsx'

/** Plain answers, for people who are signed in and for people who cannot. */
const HelpPage = () => (
  <SignInShell wide>
    <Sheet>
      <SheetHead title="Help">Short answers to what people ask most.</SheetHead>
      <div className="grid gap-4">
        {answers.map(({ question, answer }) => (
          <Disclosure key={question} summary={question}>
            <div className="grid gap-2 pt-2">{answer}</div>
          </Disclosure>
        ))}
      </div>
      <p className="text-sm text-ink-2">
        Still stuck? Ask a Security Admin of your company. With a client account, contact support.{' '}
        <Link to={paths.home}>Back to the portal</Link>
      </p>
    </Sheet>
  </SignInShell>
)

export default HelpPage
