import type { EmployeeFilter } from '@countersign/contract/employees'
import { Download } from 'lucide-react'
import { api, problemIn, readFile } from '../../../api/client.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx'

/** Everybody the filters show, as a CSV. */
export const ExportButton = ({ filter }: { filter: EmployeeFilter }) => {
  const take = useDeed(() => readFile(api.employees['export.csv'].$get({ query: filter })), {
    changes: ['nothing'],
    onDone: (file) => saveFile(file, 'employees.csv'),
  })
  const problem = problemIn(take.error)
  return (
    <>
      <Button icon={Download} onClick={() => take.mutate()} waiting={take.isPending && 'Exporting'}>
        Export CSV
      </Button>
      <AlertDialog
        open={problem !== null}
        onClose={() => take.reset()}
        title="Nothing was exported"
        keep="Close"
        confirm="Try again"
        onConfirm={() => take.mutate()}
        waiting={take.isPending && 'Exporting'}
      >
        <p>{problem && problemSentence(problem)}</p>
      </AlertDialog>
    </>
  )
}
