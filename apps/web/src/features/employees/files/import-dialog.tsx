import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, useId, useState } from 'react'
import { api, problemIn, read } from '../../../api/client.ts'
import { latestImportQuery } from '../../../api/employees.ts'
import { useDeed } from '../../../api/use-deed.ts'
import { problemSentence } from '../../../copy/problem-sentence.ts'
import { Button } from '../../../ui/button/button.tsx'
import { Dialog, DialogBody, DialogFooter } from '../../../ui/overlay/dialog.tsx'
import { Note } from '../../../ui/status/note.tsx'
import { ImportProgress } from './import-progress.tsx'

const csv = { headers: { 'content-type': 'text/csv' } }

const Choose = ({ onStarted, onClose }: { onStarted: (id: string) => void; onClose: () => void }) => {
  const id = useId()
  const [file, setFile] = useState<File | null>(null)
  const start = useDeed(
    (chosen: File) => read(api.employees.imports.$post(undefined, { ...csv, init: { body: chosen } })),
    { changes: latestImportQuery.queryKey, onDone: (begun) => onStarted(begun.id) },
  )
  const problem = problemIn(start.error)
  return (
    <>
      <DialogBody>
        <p>
          A CSV with a header row. <b>Name</b> and <b>E-mail</b> are needed; <b>Mobile number</b>, <b>Role</b>{' '}
          and <b>Account type</b> may stand beside them. A number is digits only, the calling code first, such
          as 14155550102.
        </p>
        <div className="field">
          <label className="label" htmlFor={id}>
            CSV file
          </label>
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            className="max-w-full text-sm file:me-3 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-3 file:py-2 file:font-semibold file:text-ink"
            onChange={(event: ChangeEvent<HTMLInputElement>) => {
              start.reset()
              setFile(event.target.files?.[0] ?? null)
            }}
          />
        </div>
        {problem && (
          <Note tone="danger" role="alert">
            {problemSentence(problem)}
          </Note>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          onClick={() => file && start.mutate(file)}
          waiting={start.isPending && 'Reading'}
          blocked={!file}
          aria-describedby={file ? undefined : id}
        >
          Import
        </Button>
      </DialogFooter>
    </>
  )
}

/** People from a CSV; an import that is still on its way is shown again. */
export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const latest = useQuery(latestImportQuery)
  const [started, setStarted] = useState<string | null>(null)
  const running = latest.data && latest.data.finishedAt === null ? latest.data.id : null
  const id = started ?? running
  return (
    <Dialog title="Import CSV" open onClose={onClose}>
      {id ? (
        <ImportProgress id={id} onClose={onClose} />
      ) : (
        <Choose onStarted={setStarted} onClose={onClose} />
      )}
    </Dialog>
  )
}
