import { useQuery } from '@tanstack/react-query'
import { Plus, Upload, Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../api/client.ts'
import { countsQuery, employeesQuery } from '../../api/employees.ts'
import { sessionQuery } from '../../api/queries.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { PageHead } from '../../shells/page-head.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Bones } from '../../ui/status/bones.tsx'
import { Empty } from '../../ui/status/empty.tsx'
import { Failed } from '../../ui/status/failed.tsx'
import { AddDialog } from './edit/add-dialog.tsx'
import { EditDialog, type EditDialogProps } from './edit/edit-dialog.tsx'
import { EmployeeTable, type Selection } from './employee-table.tsx'
import { ExportButton } from './files/export-button.tsx'
import { ImportDialog } from './files/import-dialog.tsx'
import { Pager } from './pager.tsx'
import { RemindBar } from './remind-bar.tsx'
import { Tools } from './tools.tsx'
import { type Directory, useDirectory } from './use-directory.ts'

type EmployeesPageProps = {
  /** Under the title: the company's option to require two-factor authentication. */
  option?: ReactNode
  annex?: EditDialogProps['annex']
}

const useSelection = () => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle: Selection['toggle'] = (id, on) =>
    setChosen((now) => {
      const next = new Set(now)
      if (on) next.add(id)
      else next.delete(id)
      return next
    })
  return { chosen, toggle, clear: () => setChosen(new Set()) }
}

const Nobody = ({ directory }: { directory: Directory }) => (
  <Empty
    icon={Users}
    title={directory.filtered ? 'Nobody is found' : 'Nobody is here'}
    action={directory.filtered && <Button onClick={directory.clear}>Show everybody</Button>}
  >
    {directory.filtered
      ? 'No employee fits the search and the filters. Try fewer words.'
      : 'There is nobody on this page any more.'}
  </Empty>
)

const People = ({ company, directory }: { company: string; directory: Directory }) => {
  const page = useQuery(employeesQuery(directory.query))
  const { status, ...others } = directory.filter
  const counts = useQuery(countsQuery(others)).data
  const { clear, ...selection } = useSelection()
  const problem = problemIn(page.error)
  const rows = page.data?.employees ?? []
  return (
    <>
      <Tools directory={directory} counts={counts} />
      {selection.chosen.size > 0 && <RemindBar ids={[...selection.chosen].slice(0, 200)} onDone={clear} />}
      {problem ? (
        <Failed
          sentence={problemSentence(problem)}
          onRetry={() => page.refetch()}
          retrying={page.isFetching}
        />
      ) : !page.data ? (
        <Bones rows={8} label="Loading employees" />
      ) : rows.length === 0 ? (
        <Nobody directory={directory} />
      ) : (
        <>
          <EmployeeTable company={company} rows={rows} directory={directory} selection={selection} />
          <Pager page={page.data} total={counts?.[status ?? 'all']} directory={directory} />
        </>
      )}
    </>
  )
}

/** Everybody of the company: found, filtered, added, edited, in and out as CSV. */
const EmployeesPage = ({ option, annex }: EmployeesPageProps) => {
  const session = useQuery(sessionQuery).data
  const directory = useDirectory()
  const [open, setOpen] = useState<'add' | 'import' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <PageHead
        title="Manage Employees"
        acts={
          <>
            <Button icon={Upload} onClick={() => setOpen('import')}>
              Import CSV
            </Button>
            <ExportButton filter={directory.filter} />
            <Button variant="primary" icon={Plus} onClick={() => setOpen('add')}>
              Add employee
            </Button>
          </>
        }
      />
      {option}
      <People company={session?.company?.name ?? ''} directory={directory} />
      {directory.editing && (
        <EditDialog
          key={directory.editing}
          id={directory.editing}
          onClose={() => directory.edit(null)}
          annex={annex}
        />
      )}
      {open === 'add' && session && <AddDialog mine={session.role} onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </>
  )
}

export default EmployeesPage
