import { FingerprintPattern, MessageSquareText, Monitor, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { SettingsLayout } from '../src/shells/settings-layout.tsx'
import { Button } from '../src/ui/button/button.tsx'
import { IconButton } from '../src/ui/button/icon-button.tsx'
import { Card } from '../src/ui/layout/card.tsx'
import { Disclosure } from '../src/ui/layout/disclosure.tsx'
import { KeyValueRow, KeyValues } from '../src/ui/layout/key-value.tsx'
import { List, ListRow } from '../src/ui/layout/list-row.tsx'
import { Segments } from '../src/ui/layout/segments.tsx'
import { DataTable, SortHeader } from '../src/ui/layout/table.tsx'
import { Tile } from '../src/ui/layout/tile.tsx'
import { RowActs } from '../src/ui/overlay/row-acts.tsx'
import { Flag } from '../src/ui/phone/flag.tsx'
import { Badge, StandingBadge } from '../src/ui/status/badge.tsx'
import { SecuredBadge } from '../src/ui/status/secured-badge.tsx'
import { Strength } from '../src/ui/status/strength.tsx'

const sections = [
  { id: 'two-factor', label: 'Two-factor' },
  { id: 'profile', label: 'Profile' },
  { id: 'people', label: 'People' },
]
const segments = [
  { value: 'all', label: 'All', count: 148 },
  { value: 'secured', label: 'Secured', count: 118 },
  { value: 'pending', label: 'Pending', count: 26 },
  { value: 'locked', label: 'Locked out', count: 1 },
]
const acts = [
  { verb: 'Rename', icon: Pencil, onSelect: () => {} },
  { verb: 'Remove', icon: Trash2, onSelect: () => {}, danger: true },
]

const Factors = () => (
  <Card
    id="two-factor"
    title="Two-Factor Authentication"
    lead="Your account needs your password and one of these. The strongest is a passkey."
    state={<SecuredBadge strongest="Strongest: passkey" />}
    footer={
      <>
        <span>Northwind IT requires two-factor authentication from 1 March.</span>
        <Button size="sm">Add a factor</Button>
      </>
    }
  >
    <List>
      <ListRow
        tile={<Tile icon={FingerprintPattern} tone="action" />}
        title="MacBook Touch ID"
        badges={<Badge>Offered first</Badge>}
        facts="Passkey · added 3 Oct 2026 · last used today"
        below={<Strength level={3} />}
        acts={<RowActs thing="MacBook Touch ID" acts={acts} />}
      />
      <ListRow
        tile={<Tile icon={MessageSquareText} />}
        title="+1 ••• ••• ••01"
        facts="Text or call · added 3 Oct 2026 · last used 12 Oct"
        below={<Strength level={1} />}
        acts={<RowActs thing="+1 ••• ••• ••01" acts={acts} />}
      />
      <ListRow
        tile={<Tile icon={Monitor} />}
        title="Edge on Windows"
        facts="198.51.100.14 · 3 days ago · password only"
        folds
        acts={<Button size="sm">Sign out</Button>}
      />
    </List>
    <Disclosure summary="Why two-factor authentication?">Passwords leak, and people reuse them.</Disclosure>
  </Card>
)

const Profile = () => (
  <Card id="profile" title="Profile">
    <KeyValues>
      <KeyValueRow name="Name" action={<Button size="sm">Edit</Button>}>
        Ada Moreau
      </KeyValueRow>
      <KeyValueRow name="Phone number" action={<Button size="sm">Change</Button>}>
        <span className="flex items-center gap-2">
          <Flag country="US" />
          <span className="num">+1 415 555 0101</span>
        </span>
      </KeyValueRow>
      <KeyValueRow name="API hostname">
        <code>api-5f2c81aa.duosecurity.com</code>
      </KeyValueRow>
    </KeyValues>
  </Card>
)

const People = () => {
  const [filter, setFilter] = useState('all')
  return (
    <div id="people" className="grid gap-4">
      <Segments label="Filter by 2FA status" segments={segments} value={filter} onChange={setFilter} />
      <DataTable caption="Employees of Northwind IT" rowsAsCards>
        <thead>
          <tr>
            <SortHeader direction="ascending" onSort={() => {}}>
              Name
            </SortHeader>
            <th scope="col">E-mail</th>
            <th scope="col">2FA status</th>
            <th scope="col">
              <span className="sr-only">Edit</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <b>Grace Lindqvist</b>
            </td>
            <td className="text-ink-2">grace@northwind.test</td>
            <td>
              <StandingBadge standing="pending" since="19 Nov" />
            </td>
            <td>
              <IconButton label="Edit Grace Lindqvist" icon={Pencil} />
            </td>
          </tr>
        </tbody>
      </DataTable>
    </div>
  )
}

export const Layout = () => (
  <SettingsLayout sections={sections}>
    <Factors />
    <Profile />
    <People />
  </SettingsLayout>
)
