import type { WebhookSecret, WebhookView } from '@countersign/contract/webhooks'
import { Ban, KeyRound, List as ListIcon, Power, Send, Webhook } from 'lucide-react'
import { useState } from 'react'
import { api, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { webhooksQuery } from '../../api/webhooks.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { ListRow } from '../../ui/layout/list-row.tsx'
import { Tile } from '../../ui/layout/tile.tsx'
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx'
import { RowActs } from '../../ui/overlay/row-acts.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { Note } from '../../ui/status/note.tsx'
import { dateText, TimeAgo } from '../../ui/status/time-ago.tsx'
import { DeliveriesDialog } from './deliveries-dialog.tsx'
import { topicsText } from './words.ts'

const changes = webhooksQuery.queryKey

const Facts = ({ webhook }: { webhook: WebhookView }) => (
  <>
    {topicsText(webhook)} · added {dateText(webhook.createdAt)} ·{' '}
    {webhook.lastDeliveredAt ? (
      <>
        last delivered <TimeAgo at={webhook.lastDeliveredAt} past />
      </>
    ) : (
      'nothing delivered yet'
    )}
    {webhook.waiting > 0 && ` · ${webhook.waiting} on their way`}
  </>
)

const Off = ({ webhook: { disabledAt, goneAt } }: { webhook: WebhookView }) => {
  if (goneAt)
    return (
      <Badge tone="notice" icon={Power}>
        Switched off
      </Badge>
    )
  return disabledAt && <Badge>Disabled</Badge>
}

const WhyOff = ({ goneAt }: { goneAt: string }) => (
  <p className="text-sm">
    It answered 410 Gone on {dateText(goneAt)}: it wants no more events. Switch it on within 30 days if that
    has changed; what happened meanwhile is not sent.
  </p>
)

const useDeeds = (webhook: WebhookView, onSecret: (made: WebhookSecret) => void, close: () => void) => {
  const toast = useToast()
  const param = { id: webhook.id }
  const test = useDeed(() => read(api.webhooks[':id'].test.$post({ param })), {
    changes,
    onDone: () => toast('A test event is on its way.'),
  })
  const rotate = useDeed(() => read(api.webhooks[':id'].secret.$post({ param })), {
    changes,
    onDone: (made) => {
      close()
      onSecret(made)
    },
  })
  const disable = useDeed(() => read(api.webhooks[':id'].$delete({ param })), {
    changes,
    onDone: () => {
      close()
      toast('The webhook was disabled.')
    },
  })
  const enable = useDeed(() => read(api.webhooks[':id'].enable.$post({ param })), {
    changes,
    onDone: () => toast('The webhook is on again.'),
  })
  return { test, rotate, disable, enable }
}

type Asking = 'rotate' | 'disable' | 'deliveries' | null

/** One webhook, and what can be done with it. */
export const WebhookRow = ({
  webhook,
  onSecret,
}: {
  webhook: WebhookView
  onSecret: (made: WebhookSecret) => void
}) => {
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const { test, rotate, disable, enable } = useDeeds(webhook, onSecret, close)
  const asked = asking === 'rotate' ? rotate : disable
  const problem = problemIn(asked.error ?? test.error ?? enable.error)
  const deliveries = { verb: 'Deliveries of', icon: ListIcon, onSelect: () => setAsking('deliveries') }
  const live = [
    { verb: 'Send test to', icon: Send, onSelect: () => test.mutate() },
    { verb: 'Rotate secret of', icon: KeyRound, onSelect: () => setAsking('rotate') },
    { verb: 'Disable', icon: Ban, onSelect: () => setAsking('disable'), danger: true },
  ]
  const gone = { verb: 'Switch on', icon: Power, onSelect: () => enable.mutate() }
  const acts = webhook.goneAt ? [gone] : webhook.disabledAt ? [] : live
  return (
    <>
      <ListRow
        tile={<Tile icon={Webhook} />}
        title={<span className="font-mono break-all">{webhook.url}</span>}
        badges={
          <>
            <Off webhook={webhook} />
            {webhook.failed > 0 && <Badge tone="danger" icon={Ban}>{`${webhook.failed} given up`}</Badge>}
          </>
        }
        facts={<Facts webhook={webhook} />}
        below={
          problem && asking === null ? (
            <p className="text-sm text-danger-ink" role="alert">
              {problemSentence(problem)}
            </p>
          ) : (
            webhook.goneAt && <WhyOff goneAt={webhook.goneAt} />
          )
        }
        acts={<RowActs thing={webhook.url} acts={[deliveries, ...acts]} />}
      />
      {asking === 'deliveries' && <DeliveriesDialog webhook={webhook} onClose={close} />}
      <AlertDialog
        open={asking === 'rotate' || asking === 'disable'}
        onClose={close}
        title={asking === 'rotate' ? 'Make a new secret?' : 'Disable this webhook?'}
        keep="Keep it"
        confirm={asking === 'rotate' ? 'Make a new secret' : 'Disable webhook'}
        onConfirm={() => asked.mutate()}
        waiting={asked.isPending && 'Working'}
      >
        {asking === 'rotate' ? (
          <p>Messages are signed with both for 24 hours. After that the old one is worth nothing.</p>
        ) : (
          <p>Nothing is sent there any more, and this cannot be taken back. What waits is not sent.</p>
        )}
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
      </AlertDialog>
    </>
  )
}
