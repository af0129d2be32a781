import type { FactorName } from '@countersign/contract/sign-in'
import { useNavigate } from 'react-router'
import { useStartEnrolment, useStartPhoneChange } from '../../api/challenge.ts'
import { useDeed } from '../../api/use-deed.ts'
import { paths } from '../../paths.ts'

type Enrol = {
  factor: FactorName
  /** The number that gets codes goes once the new one is proven. */
  changesPhone?: boolean
}

/** Begins to enrol a factor and goes to its page; whoever has one already proves it first. */
export const useEnrol = () => {
  const start = useStartEnrolment()
  const change = useStartPhoneChange()
  const navigate = useNavigate()
  return useDeed(
    ({ factor, changesPhone }: Enrol) => (changesPhone ? change.mutateAsync() : start.mutateAsync(factor)),
    { onDone: ({ id }) => void navigate(paths.enrol(id)) },
  )
}
