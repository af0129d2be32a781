import type { FactorName } from '@countersign/contract/sign-in'
import { useNavigate } from 'react-router'
import { useStartEnrolment } from '../../api/challenge.ts'
import { useDeed } from '../../api/use-deed.ts'
import { paths } from '../../paths.ts'

type Enrol = {
  factor: FactorName
  /** The authenticator that goes once the new one is proven. */
  replaces?: string
}

/** Begins to enrol a factor and goes to its page; whoever has one already proves it first. */
export const useEnrol = () => {
  const { mutateAsync } = useStartEnrolment()
  const navigate = useNavigate()
  return useDeed(({ factor }: Enrol) => mutateAsync(factor), {
    onDone: ({ id }, { replaces }) =>
      void navigate(replaces ? `${paths.enrol(id)}?replaces=${replaces}` : paths.enrol(id)),
  })
}
