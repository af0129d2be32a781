import type { SessionRow } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { sessionsQuery } from '../../api/account.ts'
import { api, problemIn, read } from '../../api/client.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { provenBy } from '../../copy/proven-by.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Card } from '../../ui/layout/card.tsx'
import { List, ListRow } from '../../ui/layout/list-row.tsx'
import { Tile } from '../../ui/layout/tile.tsx'
import { AlertDialog } from '../../ui/overlay/alert-dialog.tsx'
import { useToast } from '../../ui/overlay/toasts.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { Note } from '../../ui/status/note.tsx'
import { TimeAgo } from '../../ui/status/time-ago.tsx'
import { TrustedBrowsers } from './trusted-browsers.tsx'

const title = 'Sessions and trusted browsers'

const isPhone = (browser: string) => /iphone|ios|android/iu.test(browser)

const Row = ({ session }: { session: SessionRow }) => {
  const toast = useToast()
  const end = useDeed((id: string) => read(api.session[':id'].$delete({ param: { id } })), {
    onDone: () => toast(`${session.browser} was signed out.`),
  })
  const problem = problemIn(end.error)
  return (
    <ListRow
      folds
      tile={<Tile icon={isPhone(session.browser) ? Smartphone : Monitor} />}
      title={session.browser}
      badges={session.current && <Badge>This browser</Badge>}
      facts={
        <>
          <span className="num">{session.address}</span> ·{' '}
          {session.current ? 'now' : <TimeAgo at={session.lastSeenAt} past />} · {provenBy(session.amr)}
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
        !session.current && (
          <Button
            size="sm"
            aria-label={`Sign out ${session.browser}`}
            onClick={() => end.mutate(session.id)}
            waiting={end.isPending && 'Signing out'}
          >
            Sign out
          </Button>
        )
      }
    />
  )
}

const EndOthers = ({ count }: { count: number }) => {
  const [open, setOpen] = useState(false)
  const toast = useToast()
  const end = useDeed(() => read(api.session.others.$delete()), {
    onDone: ({ ended }) => {
      setOpen(false)
      toast(ended === 1 ? 'One other session was signed out.' : `${ended} other sessions were signed out.`)
    },
  })
  const problem = problemIn(end.error)
  const how = count === 1 ? 'One other browser is' : `${count} other browsers are`
  return (
    <>
      <Button size="sm" variant="danger-quiet" onClick={() => setOpen(true)}>
        Sign out all others
      </Button>
      <AlertDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Sign out all others?"
        keep="Keep them"
        confirm="Sign out all others"
        onConfirm={() => end.mutate()}
        waiting={end.isPending && 'Signing out'}
      >
        <p>{how} signed out at once, and any sign-in under way is stopped. This browser stays signed in.</p>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
      </AlertDialog>
    </>
  )
}

/** Where the account is open, and the way to close it there. */
export const SessionsCard = ({ id }: { id: string }) => {
  const query = useQuery(sessionsQuery)
  const sessions = query.data
  if (!sessions) return <UnreadCard id={id} title={title} query={query} />
  const others = sessions.filter((session) => !session.current).length
  return (
    <Card id={id} title={title} state={others > 0 && <EndOthers count={others} />}>
      <List>
        {[...sessions]
          .sort((a, b) => Number(b.current) - Number(a.current))
          .map((session) => (
            <Row key={session.id} session={session} />
          ))}
      </List>
      {others === 0 && <p className="text-sm text-ink-2">You are signed in nowhere else.</p>}
      <TrustedBrowsers />
    </Card>
  )
}
