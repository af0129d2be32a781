import type { WebhookSecret } from '@countersign/contract/webhooks'
import { useQuery } from '@tanstack/react-query'
import { Plus, Webhook } from 'lucide-react'
import { useState } from 'react'
import { webhooksQuery } from '../../api/webhooks.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/layout/card.tsx'
import { List } from '../../ui/layout/list-row.tsx'
import { Empty } from '../../ui/status/empty.tsx'
import { AddDialog } from './add-dialog.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { WebhookRow } from './webhook-row.tsx'

const title = 'Webhooks'

/** Company Settings: who else hears of what happens here. */
export const WebhooksCard = ({ id }: { id: string }) => {
  const query = useQuery(webhooksQuery)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<WebhookSecret | null>(null)
  const webhooks = query.data
  if (!webhooks) return <UnreadCard id={id} title={title} query={query} />
  const add = (
    <Button size="sm" icon={Plus} onClick={() => setAdding(true)}>
      Add webhook
    </Button>
  )
  return (
    <Card
      id={id}
      title={title}
      state={webhooks.length > 0 && add}
      lead="Your applications, or a SIEM, hear of what happens in this company, signed so that they can tell it is us."
    >
      {webhooks.length === 0 ? (
        <Empty icon={Webhook} title="No webhooks" action={add}>
          What happens here is in the audit, and goes nowhere else.
        </Empty>
      ) : (
        <List>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} onSecret={setMade} />
          ))}
        </List>
      )}
      {adding && (
        <AddDialog
          onClose={() => setAdding(false)}
          onAdded={(secret) => {
            setAdding(false)
            setMade(secret)
          }}
        />
      )}
      {made && <SecretDialog made={made} onClose={() => setMade(null)} />}
    </Card>
  )
}
