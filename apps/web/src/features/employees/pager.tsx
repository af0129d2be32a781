import type { EmployeePage } from '@countersign/contract/employees'
import { pageSize } from '@countersign/contract/employees'
import { Button } from '../../ui/button/button.tsx'
import type { Directory } from './use-directory.ts'

const count = new Intl.NumberFormat('en-GB')

/** "Showing 51 to 100 of 5,009", and the way on. */
export const Pager = ({
  page,
  total,
  directory,
}: {
  page: EmployeePage
  total: number | undefined
  directory: Directory
}) => {
  const { from, change } = directory
  const shown = page.employees.length
  const of = total === undefined ? '' : ` of ${count.format(total)}`
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="text-sm text-ink-2" role="status">
        Showing {count.format(from + 1)} to {count.format(from + shown)}
        {of}
      </p>
      <nav className="flex gap-2" aria-label="Pages">
        <Button
          size="sm"
          blocked={page.previous === null}
          onClick={() => change({ before: page.previous ?? '', from: String(Math.max(0, from - pageSize)) })}
        >
          Previous
        </Button>
        <Button
          size="sm"
          blocked={page.next === null}
          onClick={() => change({ after: page.next ?? '', from: String(from + shown) })}
        >
          Next
        </Button>
      </nav>
    </div>
  )
}
