import type { Channel } from '@countersign/contract/prompt'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { useRespond, useStartEnrolment } from '../../api/challenge.ts'
import { ApiProblem, problemIn } from '../../api/client.ts'
import { whyEnrol } from '../../copy/requirement.ts'
import { paths } from '../../paths.ts'
import { PhoneForm } from '../../prompts/enter-phone.tsx'
import { AttemptPage } from '../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../shells/attempt/use-abandon.ts'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { SignInShell, sheetClass } from '../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { RemindLater } from './remind-later.tsx'
import { Why } from './why.tsx'

/** The number starts the enrolment and answers its first question in one go. */
const useEnrolPhone = () => {
  const navigate = useNavigate()
  const start = useStartEnrolment()
  const respond = useRespond(() => {})
  const begun = useRef<string | null>(null)
  return useMutation({
    mutationFn: async (response: { phone: string; country: string; channel?: Channel }) => {
      begun.current ??= (await start.mutateAsync('phone')).id
      const id = begun.current
      try {
        const result = await respond.mutateAsync({ id, response })
        // Another question may come first: a code to the mailbox, where the company requires a factor.
        return result.outcome === 'next' ? result.challenge.id : id
      } catch (error) {
        if (error instanceof ApiProblem && error.problem.code === 'challenge-over') begun.current = null
        throw error
      }
    },
    onSuccess: (id) => navigate(paths.challenge(id)),
  })
}

/** "Enable 2FA": by phone unless something stronger is chosen. */
const EnrolPage = () => {
  const enrol = useEnrolPhone()
  const abandon = useAbandon()
  return (
    <AttemptPage>
      {(signIn) => {
        const required = whyEnrol(signIn)
        return (
          <SignInShell step="second" portal={signIn.company ?? ''} aside={<RemindLater signIn={signIn} />}>
            <PhoneForm
              guidance={null}
              number={null}
              channels={['sms']}
              pending={enrol.isPending}
              problem={problemIn(enrol.error)}
              className={sheetClass}
              onSubmit={(response) => enrol.mutate(response)}
              head={
                <SheetHead title="Enable 2FA" who={signIn.person} onNotMe={abandon}>
                  {required && <b>{required} </b>}
                  Add your mobile phone. From then on we ask for a code as well as your password.
                </SheetHead>
              }
              aside={
                <>
                  <Link className={buttonClass({ size: 'lg', block: true })} to={paths.choose}>
                    <KeyRound className="i" aria-hidden="true" />
                    Use something stronger than a text
                  </Link>
                  <Why />
                </>
              }
            />
          </SignInShell>
        )
      }}
    </AttemptPage>
  )
}

export default EnrolPage
