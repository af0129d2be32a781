import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { auditQuery } from '../../api/audit.ts'
import { problemIn } from '../../api/client.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { PageHead } from '../../shells/page-head.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Empty } from '../../ui/status/empty.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { EventsTable } from './events-table.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { type Filter, Filters } from './filters.tsx'

/** Every security event of the company, newest first. Nothing here can be changed. */
const AuditPage = () => {
  const [filter, setFilter] = useState<Filter>({})
  const query = useInfiniteQuery(auditQuery(filter))
  const pages = query.data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  const problem = problemIn(query.error)
  return (
    <>
      <PageHead
        title="Audit"
        lead="Every security event of the company. It is only ever added to."
        acts={<ExportButtons filter={filter} />}
      />
      <Filters events={pages[0]?.events ?? []} onFilter={setFilter} />
      {problem && <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} />}
      {query.isPending && !problem && <Bones rows={8} />}
      {query.data && rows.length === 0 && (
        <Empty icon={History} title="Nothing like that">
          No event fits these filters.
        </Empty>
      )}
      {rows.length > 0 && <EventsTable rows={rows} />}
      {query.hasNextPage && (
        <div>
          <Button onClick={() => query.fetchNextPage()} waiting={query.isFetchingNextPage && 'Loading'}>
            Show older events
          </Button>
        </div>
      )}
    </>
  )
}

export default AuditPage
