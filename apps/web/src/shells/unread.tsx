import type { UseQueryResult } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import { problemSentence } from '../copy/problem-sentence.ts'
import { Bones } from '../ui/status/bones.tsx'
import { Failed } from '../ui/status/failed.tsx'

export type UnreadQuery = Pick<UseQueryResult, 'error' | 'refetch' | 'isFetching'>

/** In place of facts that are still on their way, or did not come; the rest of the page stays usable. */
export const Unread = ({ query, rows }: { query: UnreadQuery; rows: number }) => {
  const problem = problemIn(query.error)
  return problem ? (
    <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} retrying={query.isFetching} />
  ) : (
    <div className="late">
      <Bones rows={rows} />
    </div>
  )
}
