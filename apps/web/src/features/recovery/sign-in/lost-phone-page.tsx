import type { RecoveryOptions } from '@countersign/contract/recovery'
import type { SignInView } from '@countersign/contract/sign-in'
import { useQuery } from '@tanstack/react-query'
import { Smartphone } from 'lucide-react'
import { Link, Navigate } from 'react-router'
import { problemIn } from '../../../api/client.ts'
import { recoveryOptionsQuery } from '../../../api/recovery.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { paths } from '../../../paths.ts'
import { AttemptPage } from '../../../shells/attempt/attempt-page.tsx'
import { useAbandon } from '../../../shells/attempt/use-abandon.ts'
import { Ways } from '../../../shells/attempt/ways.tsx'
import { SheetHead } from '../../../shells/sheet-head.tsx'
import { Sheet, SignInShell } from '../../../shells/sign-in-shell.tsx'
import { ChoiceLinkBody } from '../../../ui/field/choice-link.tsx'
import { Bones } from '../../../ui/status/bones.tsx'
import { Failed } from '../../../ui/status/failed.tsx'
import { AskAdmin } from './ask-admin.tsx'
import { Waiting } from './waiting.tsx'

const Choices = ({ options }: { options: RecoveryOptions }) => {
  const { recoveryCode, passcode, phoneChange } = options
  const waiting = phoneChange?.waiting
  const ways = [passcode, recoveryCode].filter((way) => way !== null)
  const offersNumber = phoneChange && !waiting
  return (
    <>
      {waiting && <Waiting change={waiting} />}
      <Ways ways={ways}>
        {offersNumber && (
          <li>
            <Link className="option" to={paths.newPhone}>
              <ChoiceLinkBody
                icon={Smartphone}
                name="I have a new phone number"
                sentence={
                  phoneChange.hours > 0
                    ? `We check it now. It works after ${phoneChange.hours} hours, unless you object or a Security Admin approves it earlier.`
                    : 'We check it now.'
                }
              />
            </Link>
          </li>
        )}
      </Ways>
      {!passcode && <AskAdmin admins={options.admins} client={options.client} />}
    </>
  )
}

const lead = (signIn: SignInView) =>
  signIn.reason?.rule === 'factor-locked'
    ? 'After too many wrong codes your second factor is locked. This is how you get back in.'
    : 'Your password was right. Choose how to go on without the phone.'

/** "I don’t have access to my phone": everything that can be done about it, what works now first. */
const LostPhonePage = () => {
  const abandon = useAbandon()
  const query = useQuery(recoveryOptionsQuery)
  // Read here, not in the callback below: the query tells only of what this component has looked at.
  const options = query.data
  const problem = problemIn(query.error)
  return (
    <AttemptPage>
      {(signIn) =>
        signIn.step.kind !== 'prove' ? (
          <Navigate to={paths.next} replace />
        ) : (
          <SignInShell step="second" wide portal={signIn.company ?? ''}>
            <Sheet>
              <SheetHead
                title={
                  signIn.reason?.rule === 'factor-locked'
                    ? 'You are locked out'
                    : 'I don’t have access to my phone'
                }
                who={signIn.person}
                onNotMe={abandon}
              >
                {lead(signIn)}
              </SheetHead>
              {options ? (
                <Choices options={options} />
              ) : problem ? (
                <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} />
              ) : (
                <Bones rows={3} />
              )}
              {signIn.step.ways.length > 0 && (
                <p>
                  <Link to={paths.choose}>Try another way</Link>
                </p>
              )}
            </Sheet>
          </SignInShell>
        )
      }
    </AttemptPage>
  )
}

export default LostPhonePage
