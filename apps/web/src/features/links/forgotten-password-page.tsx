import { useMutation } from '@tanstack/react-query'
import { Mail } from 'lucide-react'
import { Link } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { Form } from '../../form/form.tsx'
import { TextField } from '../../form/text-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet, SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { Tile } from '../../ui/layout/tile.tsx'

/** Says the same whether the address is known; whoever typed it sees what they typed. */
const Sent = ({ email, onOther }: { email: string; onOther: () => void }) => (
  <Sheet>
    <Tile icon={Mail} tone="done" />
    <SheetHead title="Look into your mailbox" step="sent">
      If an account belongs to <b className="wrap-anywhere">{email}</b>, a link is on its way there. It works
      once, for 30 minutes. Your second factor is still asked for afterwards.
    </SheetHead>
    <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={paths.login}>
      Back to sign in
    </Link>
    <p className="text-sm text-ink-2">
      Nothing after a minute? Look among the unwanted mail, or{' '}
      <LinkButton inline onClick={onOther}>
        try again
      </LinkButton>
      .
    </p>
  </Sheet>
)

/** A mailed link for a new password. */
const ForgottenPasswordPage = () => {
  const form = useFields({ email: '' })
  const ask = useMutation({
    mutationFn: (json: { email: string }) => read(api.links['forgotten-password'].$post({ json })),
  })
  return (
    <SignInShell>
      {ask.isSuccess ? (
        <Sent email={ask.variables.email.trim()} onOther={ask.reset} />
      ) : (
        <Form
          form={form}
          onSubmit={(values) => ask.mutate(values)}
          pending={ask.isPending}
          problem={problemIn(ask.error)}
          className={sheetClass}
        >
          <SheetHead title="Forgotten password">
            Tell us your e-mail address and we mail you a link to choose a new one.
          </SheetHead>
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required="Type your e-mail address."
          />
          <Button type="submit" variant="primary" size="lg" block waiting={ask.isPending && 'Sending'}>
            Send the link
          </Button>
          <p>
            <Link to={paths.login}>Back to sign in</Link>
          </p>
        </Form>
      )}
    </SignInShell>
  )
}

export default ForgottenPasswordPage
