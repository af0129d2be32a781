import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { securityQuery } from '../../../api/account.ts'
import { problemIn } from '../../../api/client.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { KeyValueRow } from '../../../ui/layout/key-value.tsx'
import { useEnrol } from '../use-enrol.ts'

// Formatting a number takes the numbering plans of all countries, which nobody else on this page needs.
const PhoneNumber = lazy(() => import('./phone-number.tsx'))

/**
 * The number codes go to, or the one the company has on file. Changing it is enrolling the new one: that one is
 * verified first, and only then does the old one go.
 */
export const PhoneRow = ({ phone }: { phone: string | null }) => {
  const held = useQuery(securityQuery).data?.authenticators.find((one) => one.factor === 'phone')
  const enrol = useEnrol()
  const problem = problemIn(enrol.error)
  const verb = held ? 'Change' : phone ? 'Use for codes' : 'Add'
  return (
    <KeyValueRow
      name="Phone number"
      action={
        <Button
          size="sm"
          aria-label={`${verb}${held || !phone ? ' phone number' : ': phone number'}`}
          onClick={() => enrol.mutate({ factor: 'phone', changesPhone: Boolean(held) })}
          waiting={enrol.isPending && 'Preparing'}
        >
          {verb}
        </Button>
      }
    >
      <div className="grid gap-0.5">
        {phone ? (
          <Suspense fallback={<span className="num">{phone}</span>}>
            <PhoneNumber number={phone} />
          </Suspense>
        ) : (
          <span className="text-ink-2">None</span>
        )}
        {phone && !held && (
          <span className="text-sm text-ink-2">On file with your company. No codes go there yet.</span>
        )}
        {problem && (
          <span className="text-sm text-danger-ink" role="alert">
            {problemSentence(problem)}
          </span>
        )}
      </div>
    </KeyValueRow>
  )
}
