import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FingerprintPattern } from 'lucide-react'
import { useEffect } from 'react'
import { Link, Navigate, useNavigate } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { sessionQuery, signInQuery } from '../../api/queries.ts'
import { Form } from '../../form/form.tsx'
import { PasswordField } from '../../form/password-field.tsx'
import { TextField } from '../../form/text-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { useDoor } from '../../shells/parts/door-sign.tsx'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { PartingWord } from './parting-word.tsx'
import { useDone } from './use-done.ts'
import { useKnown } from './use-known.ts'
import { usePasskey, useSuggestedPasskey } from './use-passkey.ts'

type Values = { email: string; password: string }

const useSignIn = () => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const done = useDone()
  return useMutation({
    mutationFn: (json: Values) => read(api['sign-in'].$post({ json })),
    onSuccess: (result) => {
      if (result.done) return done()
      client.removeQueries({ queryKey: sessionQuery.queryKey })
      client.setQueryData(signInQuery.queryKey, result.signIn)
      navigate(paths.next)
    },
  })
}

/** The first step: e-mail address and password. */
const PasswordPage = () => {
  const form = useFields<Values>({ email: '', password: '' })
  const signIn = useSignIn()
  const suggested = usePasskey()
  const passkey = usePasskey()
  useSuggestedPasskey(suggested)
  const door = useDoor()
  const expected = door?.email
  useEffect(() => {
    if (expected && !form.getValues('email')) form.setValue('email', expected)
  }, [expected, form])
  const problem = problemIn(signIn.error ?? passkey.error ?? suggested.error)
  useEffect(() => {
    if (problem?.code === 'wrong-credentials') form.setFocus('password', { shouldSelect: true })
  }, [problem, form])
  const known = useKnown(door !== null)
  if (known) return <Navigate to={known} replace />
  return (
    <SignInShell step="password">
      <Form
        form={form}
        onSubmit={(values) => signIn.mutate(values)}
        pending={signIn.isPending}
        problem={problem}
        className={sheetClass}
      >
        <PartingWord quiet={!signIn.isIdle || problem !== null} />
        <SheetHead title={door ? `Sign in to ${door.name}` : 'Sign in'}>
          Your password first. Then the answer only you can give.
        </SheetHead>
        <div className="grid gap-4">
          <TextField
            name="email"
            label="E-mail address"
            type="email"
            autoComplete="username webauthn"
            autoCapitalize="none"
            spellCheck={false}
            required="Type your e-mail address."
          />
          <PasswordField
            name="password"
            label="Password"
            autoComplete="current-password"
            required="Type your password."
            aside={
              <Link className="text-sm" to={paths.forgotten}>
                Forgotten password?
              </Link>
            }
          />
        </div>
        <Button type="submit" variant="primary" size="lg" block waiting={signIn.isPending && 'Checking'}>
          Log in
        </Button>
        <div className="or">or</div>
        <Button
          size="lg"
          block
          icon={FingerprintPattern}
          onClick={() => passkey.mutate(false)}
          waiting={passkey.isPending && 'Asking your browser'}
        >
          Sign in with a passkey
        </Button>
      </Form>
    </SignInShell>
  )
}

export default PasswordPage
