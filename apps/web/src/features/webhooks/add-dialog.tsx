import { type WebhookSecret, type WebhookTopic, webhookTopics } from '@countersign/contract/webhooks'
import { api, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { webhooksQuery } from '../../api/webhooks.ts'
import { CheckField } from '../../form/check-field.tsx'
import { Form } from '../../form/form.tsx'
import { TextField } from '../../form/text-field.tsx'
import { useFields } from '../../form/use-fields.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../ui/overlay/dialog.tsx'
import { topicWords } from './words.ts'

type Values = { url: string } & Record<WebhookTopic, boolean>

const chosen = (values: Values): WebhookTopic[] => webhookTopics.filter((topic) => values[topic])

/** A new webhook: where to, and what about. */
export const AddDialog = ({
  onClose,
  onAdded,
}: {
  onClose: () => void
  onAdded: (made: WebhookSecret) => void
}) => {
  const form = useFields<Values>({
    url: '',
    'sign-in': true,
    factor: true,
    employee: true,
    enforcement: true,
    administration: false,
  })
  const add = useDeed(
    (values: Values) => read(api.webhooks.$post({ json: { url: values.url, topics: chosen(values) } })),
    { changes: webhooksQuery.queryKey, onDone: onAdded },
  )
  const submit = (values: Values) => {
    if (chosen(values).length > 0) return add.mutate(values)
    form.setError(webhookTopics[0], { message: 'Choose one at least.' })
  }
  return (
    <Dialog open onClose={onClose} title="Add webhook" unsaved={form.formState.isDirty && !add.isPending}>
      <Form form={form} pending={add.isPending} problem={problemIn(add.error)} onSubmit={submit}>
        <DialogBody>
          <TextField
            name="url"
            label="Address"
            hint="Begins with https:// and is reached over the internet."
            required="Type an address."
            type="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            mono
          />
          <fieldset className="grid gap-2">
            <legend className="mb-2 font-semibold">What it hears of</legend>
            {webhookTopics.map((topic) => (
              <CheckField
                key={topic}
                name={topic}
                label={
                  <>
                    {topicWords[topic].label}
                    <span className="text-ink-2">: {topicWords[topic].what}</span>
                  </>
                }
              />
            ))}
          </fieldset>
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" variant="primary" waiting={add.isPending && 'Adding'}>
            Add webhook
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  )
}
