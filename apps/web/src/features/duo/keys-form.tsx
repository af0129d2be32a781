import type { DuoView } from '@countersign/contract/duo'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, problemIn, read } from '../../api/client.ts'
import { companyKey } from '../../api/company.ts'
import { useDeed } from '../../api/use-deed.ts'
import { Form } from '../../form/form.tsx'
import { PasswordField } from '../../form/password-field.tsx'
import { TextField } from '../../form/text-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button/button.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Note } from '../../ui/status/note.tsx'
import { people } from './words.ts'

type Keys = { integrationKey: string; secretKey: string; apiHost: string }

const same = (a: Keys, b: Keys) =>
  a.integrationKey === b.integrationKey && a.secretKey === b.secretKey && a.apiHost === b.apiHost

/** Duo's health check; its answer speaks for exactly the keys it was asked with. */
const useTest = () => {
  const [passed, setPassed] = useState<{ keys: Keys; tested: string } | null>(null)
  const test = useMutation({
    mutationFn: (keys: Keys) => read(api.duo.test.$post({ json: keys })),
    onMutate: () => setPassed(null),
    onSuccess: ({ tested }, keys) => setPassed({ keys, tested }),
  })
  return { test, passed }
}

const Fields = () => (
  <>
    <TextField
      name="integrationKey"
      label="Integration key"
      hint="Duo also calls it Client ID."
      required="Copy the integration key."
      autoComplete="off"
      spellCheck={false}
      mono
    />
    <PasswordField
      name="secretKey"
      label="Secret key"
      hint="Client secret. Sealed when saved; nobody can read it back, you included."
      required="Copy the secret key."
      autoComplete="new-password"
    />
    <TextField
      name="apiHost"
      label="API hostname"
      hint="It looks like api-XXXXXXXX.duosecurity.com."
      required="Copy the API hostname."
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      mono
    />
  </>
)

/** The three values, tested, then saved; other values have to be tested anew. */
export const KeysForm = ({
  asked,
  inUse,
  onBack,
}: {
  asked: number | null
  inUse: DuoView['setUp']
  onBack: () => void
}) => {
  const form = useFields<Keys>({
    integrationKey: inUse?.integrationKey ?? '',
    secretKey: '',
    apiHost: inUse?.apiHost ?? '',
  })
  const { test, passed } = useTest()
  const navigate = useNavigate()
  const toast = useToast()
  const save = useDeed((typed: Keys & { tested: string }) => read(api.duo.$put({ json: typed })), {
    changes: companyKey,
    onDone: () => {
      toast(inUse ? 'The keys were changed.' : 'Duo is set up.')
      navigate(paths.company)
    },
  })
  const ready = passed && same(passed.keys, form.watch()) ? passed : null
  const saving = inUse || asked === null ? 'Save' : `Save and tell ${people(asked)}`
  return (
    <Form
      form={form}
      className="card"
      pending={save.isPending || test.isPending}
      problem={problemIn(test.error ?? save.error)}
      onSubmit={(keys) => (ready ? save.mutate({ ...keys, tested: ready.tested }) : test.mutate(keys))}
    >
      <div className="body">
        <Fields />
        <div role="status" className="empty:hidden">
          {ready && (
            <Note tone="done">
              <b>Duo answered.</b> The keys belong together.
            </Note>
          )}
        </div>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <Button
            waiting={test.isPending && 'Testing'}
            onClick={form.handleSubmit((keys) => test.mutate(keys))}
          >
            Test connection
          </Button>
          <div className="flex flex-wrap items-start gap-3">
            {!inUse && (
              <Button variant="quiet" onClick={onBack}>
                Back
              </Button>
            )}
            <Button
              type="submit"
              variant="primary"
              waiting={save.isPending && 'Saving'}
              reason={ready ? undefined : 'Test the connection first.'}
            >
              {saving}
            </Button>
          </div>
        </div>
      </div>
    </Form>
  )
}
