import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { useLocation } from 'react-router'
import { dressQuery, waitingAt } from '../../api/applications.ts'
import { sessionQuery } from '../../api/queries.ts'
import { stepUp } from '../../api/step-up.ts'
import { Dialog, DialogBody } from '../../ui/overlay/dialog.tsx'
import { Bones } from '../../ui/status/bones.tsx'

const StepUpQuestion = lazy(() => import('./step-up-question.tsx'))

/** The application on whose way in the person is, since then it is the one that asks. */
const useAsker = () => {
  const { pathname, search } = useLocation()
  return useQuery(dressQuery(waitingAt(`${pathname}${search}`))).data?.name
}

/** Opens while a deed waits for a fresh second factor. Closing it leaves the deed undone. */
export const StepUpDialog = () => {
  const pending = useSyncExternalStore(stepUp.subscribe, stepUp.pending)
  const client = useQueryClient()
  const asker = useAsker()
  // A question does not outlive the session it was asked in.
  useEffect(() => () => stepUp.settle(false), [])
  const prove = () => {
    stepUp.settle(true)
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return (
    <Dialog
      title="Confirm it is you"
      {...(asker && { subtitle: `${asker} asks for your second factor before it lets you in.` })}
      open={pending}
      onClose={() => stepUp.settle(false)}
    >
      <Suspense
        fallback={
          <DialogBody>
            <Bones rows={2} />
          </DialogBody>
        }
      >
        <StepUpQuestion onProven={prove} onClose={() => stepUp.settle(false)} />
      </Suspense>
    </Dialog>
  )
}
