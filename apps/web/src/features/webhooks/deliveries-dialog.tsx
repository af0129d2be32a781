import type { DeliveryView, WebhookView } from '@countersign/contract/webhooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Clock } from 'lucide-react'
import { api, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { deliveriesQuery } from '../../api/webhooks.ts'
import { eventText } from '../../copy/audit-words.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Button } from '../../ui/button/button.tsx'
import { List, ListRow } from '../../ui/layout/list-row.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../ui/overlay/dialog.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { Note } from '../../ui/status/note.tsx'
import { TimeAgo } from '../../ui/status/time-ago.tsx'
import { answerText } from './words.ts'

const State = ({ state }: Pick<DeliveryView, 'state'>) => {
  switch (state) {
    case 'delivered':
      return (
        <Badge tone="done" icon={CircleCheck}>
          Delivered
        </Badge>
      )
    case 'waiting':
      return (
        <Badge tone="notice" icon={Clock}>
          On its way
        </Badge>
      )
    case 'failed':
      return (
        <Badge tone="danger" icon={CircleX}>
          Given up
        </Badge>
      )
  }
}

const Facts = ({ row }: { row: DeliveryView }) => (
  <>
    {answerText(row)}
    {row.triedAt && (
      <>
        {' '}
        · tried <TimeAgo at={row.triedAt} past />
      </>
    )}
    {row.tries > 1 && ` · ${row.tries} times`}
    {row.state === 'waiting' && row.nextAt && (
      <>
        {' '}
        · again <TimeAgo at={row.nextAt} />
      </>
    )}
  </>
)

const Row = ({ webhook, row }: { webhook: WebhookView; row: DeliveryView }) => {
  const toast = useToast()
  const replay = useDeed(
    () =>
      read(
        api.webhooks[':id'].deliveries[':seq'].replay.$post({
          param: { id: webhook.id, seq: String(row.seq) },
        }),
      ),
    { changes: deliveriesQuery(webhook.id).queryKey, onDone: () => toast(`Event ${row.seq} is sent again.`) },
  )
  const problem = problemIn(replay.error)
  return (
    <ListRow
      folds
      title={eventText(row.event)}
      badges={<State state={row.state} />}
      facts={<Facts row={row} />}
      below={
        problem && (
          <p className="text-sm text-danger-ink" role="alert">
            {problemSentence(problem)}
          </p>
        )
      }
      acts={
        row.state !== 'waiting' &&
        webhook.disabledAt === null && (
          <Button
            size="sm"
            aria-label={`Replay event ${row.seq}, ${eventText(row.event)}`}
            onClick={() => replay.mutate()}
            waiting={replay.isPending && 'Sending'}
          >
            Replay
          </Button>
        )
      }
    />
  )
}

/** What was sent lately, what became of it, and the way to send it once more. */
export const DeliveriesDialog = ({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) => {
  const query = useInfiniteQuery(deliveriesQuery(webhook.id))
  const problem = problemIn(query.error)
  const rows = query.data?.pages.flatMap((page) => page.rows)
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Recent deliveries"
      subtitle={<span className="font-mono break-all">{webhook.url}</span>}
    >
      <DialogBody>
        {problem && (
          <Failed
            sentence={problemSentence(problem)}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        )}
        {!rows && !problem && <Bones rows={3} />}
        {rows?.length === 0 && (
          <Note>
            <b>Nothing yet.</b> What happens from now on is sent, and listed here for 30 days.
          </Note>
        )}
        {rows && rows.length > 0 && (
          <List lined>
            {rows.map((row) => (
              <Row key={row.seq} webhook={webhook} row={row} />
            ))}
          </List>
        )}
      </DialogBody>
      <DialogFooter>
        {query.hasNextPage && (
          <Button onClick={() => query.fetchNextPage()} waiting={query.isFetchingNextPage && 'Reading'}>
            Show earlier ones
          </Button>
        )}
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
