import { Download } from 'lucide-react'
import { asParams } from '../../api/audit.ts'
import { api, problemIn, readFile } from '../../api/client.ts'
import { saveFile } from '../../api/save-file.ts'
import { useDeed } from '../../api/use-deed.ts'
import { problemSentence } from '../../copy/problem-sentence.ts'
import { Button } from '../../ui/button/button.tsx'
import { Note } from '../../ui/status/note.tsx'
import type { Filter } from './filters.tsx'

const formats = ['csv', 'json'] as const

const take = (format: (typeof formats)[number], filter: Filter) => {
  const query = asParams(filter)
  return readFile(
    format === 'csv' ? api.audit['export.csv'].$get({ query }) : api.audit['export.json'].$get({ query }),
  )
}

/** Everything the filters show, as a file; wants a fresh second factor. */
export const ExportButtons = ({ filter }: { filter: Filter }) => {
  const deed = useDeed((format: (typeof formats)[number]) => take(format, filter), {
    changes: ['company', 'audit'],
    onDone: (file, format) => saveFile(file, `audit.${format}`),
  })
  const problem = problemIn(deed.error)
  return (
    <div className="grid justify-items-end gap-2">
      <div className="flex flex-wrap gap-2">
        {formats.map((format) => (
          <Button
            key={format}
            size="sm"
            icon={Download}
            onClick={() => deed.mutate(format)}
            waiting={deed.isPending && deed.variables === format && 'Exporting'}
          >
            Export {format.toUpperCase()}
          </Button>
        ))}
      </div>
      {problem && (
        <Note tone="danger" role="alert">
          {problemSentence(problem)}
        </Note>
      )}
    </div>
  )
}
