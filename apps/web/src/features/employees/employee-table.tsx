import type { EmployeeRow, Sort } from '@countersign/contract/employees'
import { Pencil } from 'lucide-react'
import { IconButton } from '../../ui/button/icon-button.tsx'
import { DataTable, SortHeader } from '../../ui/layout/table.tsx'
import { Badge, StandingBadge } from '../../ui/status/badge.tsx'
import { TimeAgo } from '../../ui/status/time-ago.tsx'
import type { Directory } from './use-directory.ts'
import { accountText, numberText, roleText, shortDate } from './words.ts'

export type Selection = { chosen: ReadonlySet<string>; toggle: (id: string, on: boolean) => void }

const Status = ({ row }: { row: EmployeeRow }) => (
  <span className="flex flex-wrap items-center gap-1">
    <StandingBadge standing={row.status.kind} since={shortDate(row.status.since)} />
    {row.invitedUntil && <Badge>Invited</Badge>}
  </span>
)

const Row = ({
  row,
  selection,
  onEdit,
}: {
  row: EmployeeRow
  selection: Selection
  onEdit: (id: string) => void
}) => (
  <tr>
    <td className="pick">
      <label>
        <input
          type="checkbox"
          aria-label={`Select ${row.name}`}
          checked={selection.chosen.has(row.id)}
          onChange={(event) => selection.toggle(row.id, event.target.checked)}
        />
      </label>
    </td>
    <td>
      <b>{row.name}</b>
    </td>
    <td className="text-ink-2">{row.email}</td>
    <td className="num opt whitespace-nowrap">
      {row.mobileNumber ? numberText(row.mobileNumber) : <span className="text-ink-3">No number</span>}
    </td>
    <td className="opt">{roleText[row.role]}</td>
    <td className="opt">{accountText[row.accountType]}</td>
    <td className="max-md:pt-1.5!">
      <Status row={row} />
    </td>
    <td className="num opt text-ink-2">{row.lastSignInAt ? <TimeAgo at={row.lastSignInAt} /> : 'Never'}</td>
    <td>
      <IconButton label={`Edit ${row.name}`} icon={Pencil} onClick={() => onEdit(row.id)} />
    </td>
  </tr>
)

const columns: readonly { title: string; sort: Sort | null }[] = [
  { title: 'Name', sort: 'name' },
  { title: 'E-mail', sort: 'email' },
  { title: 'Mobile number', sort: null },
  { title: 'Role', sort: 'role' },
  { title: 'Account', sort: null },
  { title: '2FA status', sort: 'status' },
  { title: 'Last sign-in', sort: 'lastSignIn' },
]

/** One row a person, which become cards below 768 px. */
export const EmployeeTable = ({
  company,
  rows,
  directory,
  selection,
}: {
  company: string
  rows: readonly EmployeeRow[]
  directory: Directory
  selection: Selection
}) => {
  const { sort = 'name', order = 'ascending' } = directory.query
  const all = rows.length > 0 && rows.every((row) => selection.chosen.has(row.id))
  return (
    <DataTable caption={`Employees of ${company}`} rowsAsCards>
      <thead>
        <tr>
          <th scope="col">
            <input
              type="checkbox"
              aria-label="Select everybody on this page"
              checked={all}
              onChange={(event) => {
                for (const row of rows) selection.toggle(row.id, event.target.checked)
              }}
            />
          </th>
          {columns.map(({ title, sort: by }) =>
            by ? (
              <SortHeader
                key={title}
                direction={by === sort ? order : null}
                onSort={() => directory.sortBy(by)}
              >
                {title}
              </SortHeader>
            ) : (
              <th key={title} scope="col">
                {title}
              </th>
            ),
          )}
          <th scope="col">
            <span className="sr-only">Edit</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} selection={selection} onEdit={directory.edit} />
        ))}
      </tbody>
    </DataTable>
  )
}
