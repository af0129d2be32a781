import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from 'react-router'
import { api, problemIn, read } from '../../../api/client.ts'
import { signInQuery } from '../../../api/queries.ts'
import { Form } from '../../../form/form.tsx'
import { NewPasswordField } from '../../../form/new-password-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { paths } from '../../../paths.ts'
import { AttemptPage } from '../../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../../shells/attempt/use-abandon.ts'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../../../shells/sign-in-shell.tsx'
import { Button } from '../../../ui/button/button.tsx'

/** The password is the first of three steps, so the person is told what follows and what it changes. */
const SetPasswordPage = () => {
  const abandon = useAbandon()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useFields({ next: '' })
  const save = useMutation({
    mutationFn: (json: { next: string }) => read(api.recovery.password.$post({ json })),
    onSuccess: (signIn) => {
      client.setQueryData(signInQuery.queryKey, signIn)
      navigate(paths.next, { replace: true })
    },
  })
  return (
    <AttemptPage>
      {(signIn) =>
        signIn.step.kind !== 'set-password' ? (
          <Navigate to={paths.next} replace />
        ) : (
          <SignInShell step="second" portal={signIn.company ?? ''}>
            <Form
              form={form}
              onSubmit={(values) => save.mutate(values)}
              pending={save.isPending}
              problem={problemIn(save.error)}
              className={sheetClass}
            >
              <SheetHead
                title="Choose a new password"
                who={signIn.person}
                onNotMe={abandon}
                step="set-password"
              >
                Then you set up a new second factor and save recovery codes. Your old ones stop working when
                the new factor is proven, not before.
              </SheetHead>
              <NewPasswordField name="next" label="New password" />
              <Button type="submit" variant="primary" size="lg" block waiting={save.isPending && 'Saving'}>
                Save password
              </Button>
            </Form>
          </SignInShell>
        )
      }
    </AttemptPage>
  )
}

export default SetPasswordPage
