import type { UseQueryResult } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import { problemSentence } from '../copy/problem-sentence.ts'
import { Card } from '../ui/layout/card.tsx'
import { Bones } from '../ui/status/bones.tsx'
import { Failed } from '../ui/status/failed.tsx'

/** A card whose facts are still on their way, or did not come; the rest of the page stays usable. */
export const UnreadCard = ({
  query,
  title,
  id,
  rows = 2,
}: {
  query: Pick<UseQueryResult, 'error' | 'refetch' | 'isFetching'>
  title: string
  id?: string
  rows?: number
}) => {
  const problem = problemIn(query.error)
  return (
    <Card title={title} {...(id && { id })}>
      {problem ? (
        <Failed
          sentence={problemSentence(problem)}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : (
        <div className="late">
          <Bones rows={rows} />
        </div>
      )}
    </Card>
  )
}
