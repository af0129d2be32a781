import type { AuthenticatorView } from '@countersign/contract/session'
import type { VerifyResult } from '@countersign/contract/sign-in'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import { securityQuery } from '../../api/account.ts'
import { api, problemIn, read } from '../../api/client.ts'
import { challengeQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { paths } from '../../paths.ts'
import { headOf } from '../../prompts/head-of.tsx'
import { PromptBody } from '../../prompts/prompt-body.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { DialogBody } from '../../ui/overlay/dialog.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { Unread } from '../unread.tsx'
import { StepUpWays } from './step-up-ways.tsx'

type Props = { onProven: () => void; onClose: () => void }

/** Usable ones, the last used first. */
const waysIn = (held: readonly AuthenticatorView[]) =>
  held
    .filter((one) => !one.locked)
    .sort((a, b) => (b.lastUsedAt ?? b.addedAt).localeCompare(a.lastUsedAt ?? a.addedAt))

/** Asks one authenticator. A query, so that however often this is drawn, one code is sent for each opening. */
const useAsked = (authenticatorId: string) => {
  const opening = useId()
  return useQuery({
    queryKey: ['step-up', opening, authenticatorId],
    queryFn: () => read(api.challenges.$post({ json: { authenticatorId } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

const Question = ({
  way,
  several,
  onOthers,
  onProven,
}: {
  way: AuthenticatorView
  several: boolean
  onOthers: () => void
  onProven: () => void
}) => {
  const asked = useAsked(way.id)
  const first = asked.data
  const now = useQuery({
    ...challengeQuery(first?.id ?? ''),
    enabled: first !== undefined,
    ...(first && { initialData: first, initialDataUpdatedAt: asked.dataUpdatedAt }),
  })
  const problem = problemIn(asked.error ?? now.error)
  const others = several && <LinkButton onClick={onOthers}>Try another way</LinkButton>
  const onResult = ({ outcome }: VerifyResult) => outcome === 'stepped-up' && onProven()
  if (problem)
    return (
      <DialogBody>
        <Failed
          sentence={problemSentence(problem)}
          onRetry={() => asked.refetch()}
          retrying={asked.isFetching}
        />
        {others}
      </DialogBody>
    )
  if (!now.data)
    return (
      <DialogBody>
        <Bones rows={2} />
      </DialogBody>
    )
  const { title, lead } = headOf(now.data.prompt)
  return (
    <PromptBody
      challenge={now.data}
      since={now.dataUpdatedAt}
      className="body"
      onResult={onResult}
      head={
        <div className="grid gap-1">
          <p>
            <b>{title}</b>
          </p>
          {lead && <p className="text-ink-2">{lead}</p>}
        </div>
      }
      aside={others}
    />
  )
}

const NoFactor = ({ onClose }: Pick<Props, 'onClose'>) => (
  <DialogBody>
    <p>
      This needs a second factor, and your account has none that works now. Set one up first; it takes about a
      minute.
    </p>
    <div>
      <Link
        className={buttonClass({ variant: 'primary' })}
        to={`${paths.settings}#two-factor`}
        onClick={onClose}
      >
        Set up a second factor
      </Link>
    </div>
  </DialogBody>
)

/** One of the person's own factors, the last used first. */
const StepUpQuestion = ({ onProven, onClose }: Props) => {
  const security = useQuery(securityQuery)
  const [chosen, setChosen] = useState<string | 'others' | null>(null)
  if (!security.data)
    return (
      <DialogBody>
        <Unread query={security} rows={2} />
      </DialogBody>
    )
  const ways = waysIn(security.data.authenticators)
  const way = ways.find((one) => one.id === chosen) ?? ways[0]
  if (!way) return <NoFactor onClose={onClose} />
  if (chosen === 'others') return <StepUpWays ways={ways} onChoose={setChosen} />
  return (
    <Question
      key={way.id}
      way={way}
      several={ways.length > 1}
      onOthers={() => setChosen('others')}
      onProven={onProven}
    />
  )
}

export default StepUpQuestion
