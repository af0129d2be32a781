import type { SecurityView } from '@countersign/contract/session'
import type { FactorName } from '@countersign/contract/sign-in'
import { problemIn } from '../../../api/client.ts'
import { ChoiceField } from '../../../form/choice-field.tsx'
import { Form } from '../../../form/form.tsx'
import { useFields } from '../../../form/use-fields.ts'
import { Button } from '../../../ui/button/button.tsx'
import { useEnrol } from '../use-enrol.ts'
import { whyNotOffered } from './why-not-offered.ts'

type Offers = SecurityView['offers']

/** The methods of somebody who has none yet, strongest first. */
export const ChooseMethod = ({ offers }: { offers: Offers }) => {
  const enrol = useEnrol()
  const first = offers.find((offer) => !whyNotOffered(offer))
  const form = useFields<{ factor: FactorName | null }>({ factor: first?.factor ?? null })
  const choices = offers.map((offer) => {
    const reason = whyNotOffered(offer)
    return {
      value: offer.factor,
      name: offer.label,
      sentence: offer.sentence,
      strength: offer.strength,
      ...(reason && { reason }),
    }
  })
  return (
    <Form
      className="grid gap-5"
      form={form}
      onSubmit={({ factor }) => factor && enrol.mutate({ factor })}
      pending={enrol.isPending}
      problem={problemIn(enrol.error)}
    >
      <ChoiceField name="factor" legend="Method" choices={choices} required="Choose a method." />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" waiting={enrol.isPending && 'Preparing'}>
          Enable 2FA
        </Button>
        <p className="text-sm text-ink-2">Takes about a minute. Have your phone at hand.</p>
      </div>
    </Form>
  )
}
