import type { TrustedBrowserRow } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { Network } from 'lucide-react'
import { trustedBrowsersQuery } from '../../api/account.ts'
import { api, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Button } from '../../ui/button/button.tsx'
import { List, ListRow } from '../../ui/layout/list-row.tsx'
import { Tile } from '../../ui/layout/tile.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { dateText, TimeAgo } from '../../ui/status/time-ago.tsx'

const Row = ({ row: { id, browser, network, checkedAt, until } }: { row: TrustedBrowserRow }) => {
  const toast = useToast()
  const forget = useDeed(() => read(api.account['trusted-browsers'][':id'].$delete({ param: { id } })), {
    onDone: () => toast(`${browser} is asked again on ${network}.`),
  })
  const problem = problemIn(forget.error)
  return (
    <ListRow
      folds
      tile={<Tile icon={Network} />}
      title={browser}
      badges={
        <Badge>
          Trusted on {network} until {dateText(until)}
        </Badge>
      }
      facts={
        <>
          Not asked for a second factor there · checked <TimeAgo at={checkedAt} past />
        </>
      }
      below={
        problem && (
          <p className="text-sm text-danger-ink" role="alert">
            {problemSentence(problem)}
          </p>
        )
      }
      acts={
        <Button
          size="sm"
          aria-label={`Ask ${browser} again on ${network}`}
          onClick={() => forget.mutate()}
          waiting={forget.isPending && 'Forgetting'}
        >
          Ask again
        </Button>
      }
    />
  )
}

/** The browsers that pass on the password alone, on networks the company trusts; most people have none. */
export const TrustedBrowsers = () => {
  const query = useQuery(trustedBrowsersQuery)
  const problem = problemIn(query.error)
  if (problem) return <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} />
  if (!query.data?.length) return null
  return (
    <section className="grid gap-3" aria-label="Trusted browsers">
      <h3>Trusted browsers</h3>
      <List>
        {query.data.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </List>
    </section>
  )
}
