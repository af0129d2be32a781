import { Card } from '../ui/layout/card.tsx'
import { Unread, type UnreadQuery } from './unread.tsx'

/** A card whose facts are still on their way, or did not come. */
export const UnreadCard = ({
  query,
  title,
  id,
  rows = 2,
}: {
  query: UnreadQuery
  title: string
  id?: string
  rows?: number
}) => (
  <Card title={title} {...(id && { id })}>
    <Unread query={query} rows={rows} />
  </Card>
)
