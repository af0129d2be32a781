import type { Channel } from '@countersign/contract/prompt'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, Navigate, useNavigate } from 'react-router'
import { useRespond } from '../../../api/challenge.ts'
import { ApiProblem, api, problemIn, read } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { PhoneForm } from '../../../prompts/enter-phone.tsx'
import { AttemptPage } from '../../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../../shells/attempt/use-abandon.ts'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../../ui/button/button-class.ts'

/** The number begins the request and answers its first question in one go. */
const useNewPhone = () => {
  const navigate = useNavigate()
  const respond = useRespond(() => {})
  const begun = useRef<string | null>(null)
  return useMutation({
    mutationFn: async (response: { phone: string; country: string; channel?: Channel }) => {
      begun.current ??= (await read(api.recovery['phone-change'].$post())).id
      const id = begun.current
      try {
        await respond.mutateAsync({ id, response })
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.code === 'challenge-over') begun.current = null
        throw error
      }
      return id
    },
    onSuccess: (id) => navigate(paths.challenge(id)),
  })
}

/** A new number without the old one: verified now, in force after the waiting time. */
const NewPhonePage = () => {
  const abandon = useAbandon()
  const change = useNewPhone()
  return (
    <AttemptPage>
      {(signIn) =>
        signIn.step.kind !== 'prove' ? (
          <Navigate to={paths.next} replace />
        ) : (
          <SignInShell step="second" portal={signIn.company ?? ''}>
            <PhoneForm
              guidance={null}
              number={null}
              channels={['sms']}
              act="Check this number"
              pending={change.isPending}
              problem={problemIn(change.error)}
              className={sheetClass}
              onSubmit={(response) => change.mutate(response)}
              head={
                <SheetHead title="Your new phone number" who={signIn.person} onNotMe={abandon}>
                  We check it with a code, then tell every address we know of you. Whoever is the real owner
                  of this account has time to object.
                </SheetHead>
              }
              aside={
                <Link className={buttonClass({ variant: 'quiet' })} to={paths.lostPhone}>
                  Choose another way
                </Link>
              }
            />
          </SignInShell>
        )
      }
    </AttemptPage>
  )
}

export default NewPhonePage
