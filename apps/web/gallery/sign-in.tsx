import { Clock, FingerprintPattern } from 'lucide-react'
import { useState } from 'react'
import type { SpokenProblem } from '../src/copy/problem-sentence.ts'
import { Form } from '../src/form/form.tsx'
import { PasswordField } from '../src/form/password-field.tsx'
import { PhoneField } from '../src/form/phone-field.tsx'
import { TextField } from '../src/form/text-field.tsx'
import { useFields } from '../src/form/use-fields.ts'
import { SheetHead } from '../src/shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../src/shells/sign-in-shell.tsx'
import { Button } from '../src/ui/button/button.tsx'
import { LinkButton } from '../src/ui/button/link-button.tsx'

const remind = <LinkButton icon={Clock}>Remind me in 48 hours</LinkButton>

const PhoneStep = () => {
  const form = useFields({ phone: { country: 'US' as const, national: '' } })
  return (
    <SignInShell step="second" portal="Northwind IT partner portal" aside={remind}>
      <Form form={form} className={sheetClass} pending={false} problem={null} onSubmit={() => {}}>
        <SheetHead who={{ name: 'Grace Hopper', email: 'grace@northwind.test' }} title="Enable 2FA">
          Add your mobile phone. From then on we ask for a code as well as your password.
        </SheetHead>
        <PhoneField name="phone" label="Mobile phone number" required="Type your phone number." />
        <Button variant="primary" size="lg" block type="submit">
          Enable 2FA
        </Button>
      </Form>
    </SignInShell>
  )
}

const PasswordStep = () => {
  const form = useFields({ email: 'grace@northwind.test', password: '' })
  const [problem, setProblem] = useState<SpokenProblem | null>(null)
  return (
    <SignInShell step="password" portal="Northwind IT partner portal">
      <Form
        form={form}
        className={sheetClass}
        pending={false}
        problem={problem}
        onSubmit={() => setProblem({ code: 'wrong-credentials' })}
      >
        <SheetHead title="Sign in">Your password first. Then the answer only you can give.</SheetHead>
        <div className="grid gap-4">
          <TextField name="email" label="E-mail address" type="email" autoComplete="username webauthn" />
          <PasswordField
            name="password"
            label="Password"
            autoComplete="current-password"
            required="Type your password."
            aside={
              <a className="py-0.5 text-sm" href="#main">
                Forgotten password?
              </a>
            }
          />
        </div>
        <Button variant="primary" size="lg" block type="submit">
          Log in
        </Button>
        <p className="or">or</p>
        <Button size="lg" block icon={FingerprintPattern}>
          Sign in with a passkey
        </Button>
      </Form>
    </SignInShell>
  )
}

export const SignIn = () => (location.search.includes('phone') ? <PhoneStep /> : <PasswordStep />)
