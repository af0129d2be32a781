import { UserRound } from 'lucide-react'
import { Note } from '../../../ui/status/note.tsx'

const names = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** Who can send a passcode. Client accounts are helped by support only. */
export const AskAdmin = ({ admins, client }: { admins: string[]; client: boolean }) => {
  if (client)
    return (
      <Note icon={UserRound}>
        <b>None of these?</b> Contact support. They look after client accounts.
      </Note>
    )
  if (admins.length === 0) return null
  return (
    <Note icon={UserRound}>
      <b>None of these? Ask a Security Admin.</b> {names.format(admins)} can have a one-time passcode mailed
      to you. Call them: whoever asks by mail may be somebody else.
    </Note>
  )
}
