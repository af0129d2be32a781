import type { ImportView } from '@countersign/contract/employees'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { api, problemIn, readFile } from '../../../api/client.ts'
import { employeesKey, importQuery } from '../../../api/employees.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { Bones } from '../../../ui/status/bones.tsx'
import { Failed } from '../../../ui/status/failed.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { ProgressBar } from '../../../ui/status/progress.tsx'

const people = (count: number, did: string) => (count === 1 ? `One person ${did}` : `${count} people ${did}`)
const rows = (count: number) => (count === 1 ? 'One row was' : `${count} rows were`)

const Errors = ({ view }: { view: ImportView }) => {
  const take = useDeed(
    () => readFile(api.employees.imports[':id']['errors.csv'].$get({ param: { id: view.id } })),
    { changes: ['nothing'], onDone: (file) => saveFile(file, 'import-errors.csv') },
  )
  const problem = problemIn(take.error)
  return (
    <>
      <Note tone="notice">
        <b>{rows(view.refused)} refused.</b> Each stands in a file with its reason: put it right there and
        import that file.
        {problem && <span role="alert"> {problemSentence(problem)}</span>}
      </Note>
      <div>
        <Button icon={Download} onClick={() => take.mutate()} waiting={take.isPending && 'Loading'}>
          Download refused rows
        </Button>
      </div>
    </>
  )
}

const Counted = ({ view }: { view: ImportView }) => {
  const done = view.landed + view.refused
  return (
    <>
      <ProgressBar label="Rows read" value={done} max={view.total} />
      <p role="status">
        {view.finishedAt
          ? `${people(view.landed, view.landed === 1 ? 'was' : 'were')} added and mailed an invitation.`
          : `${done} of ${view.total}. You may close this; it goes on.`}
      </p>
      {view.finishedAt && view.refused > 0 && <Errors view={view} />}
    </>
  )
}

/** How far an import is; at its end the table behind it reads anew. */
export const ImportProgress = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const client = useQueryClient()
  const query = useQuery(importQuery(id))
  const view = query.data
  const finished = view?.finishedAt ?? null
  useEffect(() => {
    if (!finished) return
    void client.invalidateQueries({ queryKey: employeesKey })
    void client.invalidateQueries({ queryKey: ['import', 'latest'] })
  }, [client, finished])
  const problem = problemIn(query.error)
  return (
    <>
      <DialogBody>
        {view ? (
          <Counted view={view} />
        ) : problem ? (
          <Failed sentence={problemSentence(problem)} onRetry={() => query.refetch()} />
        ) : (
          <Bones />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {finished ? 'Done' : 'Close'}
        </Button>
      </DialogFooter>
    </>
  )
}
