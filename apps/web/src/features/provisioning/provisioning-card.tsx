import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, problemIn, read } from '../../api/client.ts'
import { provisioningQuery } from '../../api/provisioning.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { UnreadCard } from '../../shells/unread-card.tsx'
import { Button } from '../../ui/button/button.tsx'
import { CopyButton } from '../../ui/button/copy-button.tsx'
import { Card } from '../../ui/layout/card.tsx'
import { KeyValueRow, KeyValues } from '../../ui/layout/key-value.tsx'
import { List } from '../../ui/layout/list-row.tsx'
import { Badge } from '../../ui/status/badge.tsx'
import { Note } from '../../ui/status/note.tsx'
import { TokenDialog } from './token-dialog.tsx'
import { TokenRow } from './token-row.tsx'

const title = 'Provisioning (SCIM)'

/** Company Settings: the directory that adds, changes and deactivates the company's people, and its token. */
export const ProvisioningCard = ({ id }: { id: string }) => {
  const query = useQuery(provisioningQuery)
  const [token, setToken] = useState<string | null>(null)
  const make = useDeed(() => read(api.provisioning.tokens.$post()), {
    changes: provisioningQuery.queryKey,
    onDone: (made) => setToken(made.token),
  })
  if (!query.data) return <UnreadCard id={id} title={title} query={query} />
  const { baseUrl, people, tokens } = query.data
  const current = tokens.find(({ endsAt }) => endsAt === null)
  const problem = problemIn(make.error)
  return (
    <Card
      id={id}
      title={title}
      state={current ? <Badge tone="done">Token in use</Badge> : <Badge>Not connected</Badge>}
      lead="Your directory, such as Microsoft Entra or Okta, can add, change and deactivate your people."
    >
      <KeyValues>
        <KeyValueRow name="Base URL" action={<CopyButton text={baseUrl} what="base URL" size="sm" />}>
          <span className="font-mono break-all">{baseUrl}</span>
        </KeyValueRow>
        <KeyValueRow name="People it looks after">{people}</KeyValueRow>
      </KeyValues>
      {tokens.length > 0 && (
        <List>
          {tokens.map((one) => (
            <TokenRow key={one.id} token={one} />
          ))}
        </List>
      )}
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
      <div className="grid gap-2">
        <div>
          <Button onClick={() => make.mutate()} waiting={make.isPending && 'Making'}>
            {current ? 'Replace token' : 'Make a token'}
          </Button>
        </div>
        {current && (
          <p className="text-sm text-ink-2">The old one goes on for 24 hours, so that nothing stops.</p>
        )}
      </div>
      {token && <TokenDialog token={token} onClose={() => setToken(null)} />}
    </Card>
  )
}
