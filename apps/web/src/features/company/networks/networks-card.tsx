import type { NetworkView } from '@countersign/contract/company'
import { useQuery } from '@tanstack/react-query'
import { Network, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, problemIn, read } from '../../../api/client.ts'
import { networksQuery } from '../../../api/company.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/layout/card.tsx'
import { List, ListRow } from '../../../ui/layout/list-row.tsx'
import { Tile } from '../../../ui/layout/tile.tsx'
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx'
import { RowActs } from '../../../ui/overlay/row-acts.tsx'
import { useToast } from '../../../ui/overlay/toasts.tsx'
import { Empty } from '../../../ui/status/empty.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { dateText } from '../../../ui/status/time-ago.tsx'
import { NetworkDialog } from './network-dialog.tsx'

const title = 'Trusted networks'

const trusted = (count: number) => (count === 1 ? '1 person trusted now' : `${count} people trusted now`)

const Row = ({ network, onRename }: { network: NetworkView; onRename: () => void }) => {
  const [removing, setRemoving] = useState(false)
  const toast = useToast()
  const remove = useDeed(() => read(api.networks[':id'].$delete({ param: { id: network.id } })), {
    changes: networksQuery.queryKey,
    onDone: () => {
      setRemoving(false)
      toast(`${network.name} was removed.`)
    },
  })
  const problem = problemIn(remove.error)
  return (
    <>
      <ListRow
        tile={<Tile icon={Network} />}
        title={network.name}
        facts={
          <>
            <span className="font-mono">{network.cidr}</span> · added {dateText(network.addedAt)} ·{' '}
            {trusted(network.trusted)}
          </>
        }
        acts={
          <RowActs
            thing={network.name}
            acts={[
              { verb: 'Rename', icon: Pencil, onSelect: onRename },
              { verb: 'Remove', icon: Trash2, onSelect: () => setRemoving(true), danger: true },
            ]}
          />
        }
      />
      <AlertDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${network.name}?`}
        keep="Keep it"
        confirm="Remove network"
        onConfirm={() => remove.mutate()}
        waiting={remove.isPending && 'Removing'}
      >
        <p>Everybody is asked for the second factor there from now on, and sessions it let in end at once.</p>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
      </AlertDialog>
    </>
  )
}

/** From where a person who passed their second factor is not asked again for 21 days. */
export const NetworksCard = ({ id }: { id: string }) => {
  const query = useQuery(networksQuery)
  const [editing, setEditing] = useState<NetworkView | 'new' | null>(null)
  const networks = query.data
  if (!networks) return <UnreadCard id={id} title={title} query={query} />
  const add = (
    <Button size="sm" icon={Plus} onClick={() => setEditing('new')}>
      Add network
    </Button>
  )
  return (
    <Card
      id={id}
      title={title}
      state={networks.length > 0 && add}
      lead="From here, a person who passed their second factor within 21 days is not asked again. Client accounts always are."
    >
      {networks.length === 0 ? (
        <Empty icon={Network} title="No trusted networks" action={add}>
          Everybody is asked for a second factor, everywhere.
        </Empty>
      ) : (
        <List>
          {networks.map((network) => (
            <Row key={network.id} network={network} onRename={() => setEditing(network)} />
          ))}
        </List>
      )}
      {editing && (
        <NetworkDialog network={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Card>
  )
}
