import type { ProfileView } from '@countersign/contract/session'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { profileQuery } from '../../../api/account.ts'
import { UnreadCard } from '../../../shells/unread-card.tsx'
import { Button } from '../../../ui/button/button.tsx'
import { Card } from '../../../ui/layout/card.tsx'
import { KeyValueRow, KeyValues } from '../../../ui/layout/key-value.tsx'
import { EmailDialog } from './email-dialog.tsx'
import { NameDialog } from './name-dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { PhoneRow } from './phone-row.tsx'

const title = 'Profile'

type Asked = 'name' | 'email' | 'password' | null

const Email = ({ email, pendingEmail }: ProfileView) => (
  <div className="grid gap-0.5">
    <span>{email}</span>
    {pendingEmail && (
      <span className="text-sm text-ink-2">
        Waiting for {pendingEmail}: open the link we mailed there within 24 hours.
      </span>
    )}
  </div>
)

/** Name, addresses, number and password, each with the button that changes it. */
export const ProfileCard = ({ id }: { id: string }) => {
  const query = useQuery(profileQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const profile = query.data
  if (!profile) return <UnreadCard id={id} title={title} query={query} rows={3} />
  const act = (what: Asked, verb: string, thing: string) => (
    <Button size="sm" aria-label={`${verb} ${thing}`} onClick={() => setAsked(what)}>
      {verb}
    </Button>
  )
  return (
    <Card id={id} title={title}>
      <KeyValues>
        <KeyValueRow name="Name" action={act('name', 'Edit', 'name')}>
          {profile.name}
        </KeyValueRow>
        <KeyValueRow name="E-mail address" action={act('email', 'Change', 'e-mail address')}>
          <Email {...profile} />
        </KeyValueRow>
        <PhoneRow phone={profile.phone} />
        <KeyValueRow name="Password" action={act('password', 'Change', 'password')}>
          <span aria-hidden="true">••••••••••</span>
          <span className="sr-only">hidden</span>
        </KeyValueRow>
      </KeyValues>
      <NameDialog open={asked === 'name'} name={profile.name} onClose={close} />
      <EmailDialog open={asked === 'email'} email={profile.email} onClose={close} />
      <PasswordDialog open={asked === 'password'} onClose={close} />
    </Card>
  )
}
