import { useMutation } from '@tanstack/react-query'
import { api, problemIn, read } from '../../api/client.ts'
import { Form } from '../../form/form.tsx'
import { NewPasswordField } from '../../form/new-password-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Done } from './done.tsx'
import { LinkOver } from './link-over.tsx'
import { useLinkToken } from './use-link-token.ts'

const useReset = (token: string | null) =>
  useMutation({
    mutationFn: ({ next }: { next: string }) =>
      read(api.links['reset-password'].$post({ json: { token: token ?? '', next } })),
  })

const Choose = ({ reset }: { reset: ReturnType<typeof useReset> }) => {
  const form = useFields({ next: '' })
  return (
    <Form
      form={form}
      onSubmit={(values) => reset.mutate(values)}
      pending={reset.isPending}
      problem={problemIn(reset.error)}
      className={sheetClass}
    >
      <SheetHead title="Choose a new password">
        Everything that is signed in with the old one is signed out.
      </SheetHead>
      <NewPasswordField name="next" label="New password" />
      <Button type="submit" variant="primary" size="lg" block waiting={reset.isPending && 'Saving'}>
        Save password
      </Button>
    </Form>
  )
}

/** Where a mailed link for a new password leads. Opening it does nothing. */
const ResetPasswordPage = () => {
  const token = useLinkToken()
  const reset = useReset(token)
  const over = !token || problemIn(reset.error)?.code === 'link-over'
  return (
    <SignInShell>
      {reset.isSuccess ? (
        <Done title="Your password is changed" to={paths.login} next="Sign in">
          Sign in with the new one. Your second factor is asked for as before.
        </Done>
      ) : over ? (
        <LinkOver lead="Your password is as it was." to={paths.forgotten} next="Ask for a new link" />
      ) : (
        <Choose reset={reset} />
      )}
    </SignInShell>
  )
}

export default ResetPasswordPage
