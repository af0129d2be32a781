import type { ReadinessView, RecoverySettings } from '@countersign/contract/recovery'
import { useQuery } from '@tanstack/react-query'
import { api, problemIn, read } from '../../../api/client.ts'
import {
  phoneChangesQuery,
  readinessQuery,
  recoveryKey,
  recoverySettingsQuery,
} from '../../../api/recovery.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { CheckField } from '../../../form/check-field.tsx'
import { Form } from '../../../form/form.tsx'
import { SelectField } from '../../../form/select-field.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/layout/card.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { ProgressBar } from '../../../ui/status/progress.tsx'
import { PhoneChangeActs } from '../admin/phone-change-acts.tsx'

const title = 'Recovery'
const lead = 'How people get back in when a phone is gone.'

const names = new Intl.ListFormat('en-GB')

/** Secured is not enough: who would stand outside tomorrow? */
const Ready = ({ readiness }: { readiness: ReadinessView }) => {
  const { ready, secured, stuck } = readiness
  const rest = secured - ready
  const first = stuck.slice(0, 3).map((one) => one.name)
  return (
    <div className="grid gap-2">
      <p>
        <b>
          {ready} of {secured}
        </b>{' '}
        people with a second factor could lose a phone today and work tomorrow: they have another factor, or
        recovery codes.
      </p>
      <ProgressBar label="People with a second way in" value={ready} max={secured} />
      {rest > 0 && (
        <p className="text-sm text-ink-2">
          Without a second way:{' '}
          {names.format(rest > first.length ? [...first, `${rest - first.length} more`] : first)}. Ask them to
          make recovery codes in User Settings.
        </p>
      )}
    </div>
  )
}

const lives = [
  { value: '30', label: '30 minutes' },
  { value: '60', label: '60 minutes' },
  { value: '240', label: '4 hours' },
  { value: '480', label: '8 hours' },
  { value: '1440', label: '24 hours' },
]
const waits = [
  { value: '72', label: '72 hours' },
  { value: '48', label: '48 hours' },
  { value: '24', label: '24 hours' },
  { value: '4', label: '4 hours' },
]

/** A value set by other means stays choosable. */
const withOwn = (options: { value: string; label: string }[], own: number, unit: string) =>
  options.some(({ value }) => value === String(own))
    ? options
    : [...options, { value: String(own), label: `${own} ${unit}` }]

const Settings = ({ settings }: { settings: RecoverySettings }) => {
  const toast = useToast()
  const form = useFields({
    passcodeMinutes: String(settings.passcodeMinutes),
    phoneChangeHours: String(settings.phoneChangeHours),
    twoPartPasscodes: settings.twoPartPasscodes,
  })
  const save = useDeed((json: RecoverySettings) => read(api.recovery.settings.$put({ json })), {
    changes: recoveryKey,
    onDone: () => toast('Recovery settings are saved.'),
  })
  return (
    <Form
      form={form}
      onSubmit={(values) =>
        save.mutate({
          passcodeMinutes: Number(values.passcodeMinutes),
          phoneChangeHours: Number(values.phoneChangeHours),
          twoPartPasscodes: values.twoPartPasscodes,
        })
      }
      pending={save.isPending}
      problem={problemIn(save.error)}
      className="grid gap-4"
    >
      <div className="grid gap-4 md:grid-cols-2">
        <SelectField
          name="passcodeMinutes"
          label="A one-time passcode works for"
          options={withOwn(lives, settings.passcodeMinutes, 'minutes')}
        />
        <SelectField
          name="phoneChangeHours"
          label="A new phone number waits for"
          options={withOwn(waits, settings.phoneChangeHours, 'hours')}
        />
      </div>
      <CheckField
        name="twoPartPasscodes"
        label="Split passcodes in two: one half is mailed, the Security Admin reads out the other"
      />
      <div>
        <Button type="submit" waiting={save.isPending && 'Saving'}>
          Save
        </Button>
      </div>
    </Form>
  )
}

/** Company Settings: who is ready for the day a phone is gone, who waits for a new number, and the rules. */
export const RecoveryCard = ({ id }: { id: string }) => {
  const settings = useQuery(recoverySettingsQuery)
  const readiness = useQuery(readinessQuery)
  const changes = useQuery(phoneChangesQuery)
  if (!settings.data) return <UnreadCard id={id} title={title} query={settings} />
  return (
    <Card id={id} title={title} lead={lead}>
      <div className="grid gap-6">
        {readiness.data && readiness.data.secured > 0 && <Ready readiness={readiness.data} />}
        {changes.data?.changes.map((change) => (
          <PhoneChangeActs key={change.id} change={change} />
        ))}
        <Settings settings={settings.data} />
      </div>
    </Card>
  )
}
