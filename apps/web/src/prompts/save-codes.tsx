import { Download, Lock, Printer } from 'lucide-react'
import { CheckField } from '../form/check-field.tsx'
import { Form } from '../form/form.tsx'
import { useFields } from '../form/use-fields.ts'
import { Button } from '../ui/button/button.tsx'
import { CopyButton } from '../ui/button/copy-button.tsx'
import { Note } from '../ui/status/note.tsx'
import type { PromptProps } from './prompt-props.ts'
import { useResponse } from './use-response.ts'

type Props = PromptProps<'save-codes'>

const fileText = (codes: string[], madeAt: string) =>
  `Countersign recovery codes\n${location.origin}\nMade ${madeAt.slice(0, 10)}. Each works once.\n\n${codes.join('\n')}\n`

const download = (text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'countersign-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(url)
}

const Acts = ({ codes, madeAt }: { codes: string[]; madeAt: string }) => (
  <div className="code-acts">
    <CopyButton text={codes.join('\n')} />
    <Button icon={Download} onClick={() => download(fileText(codes, madeAt))}>
      Download
    </Button>
    <Button icon={Printer} onClick={() => window.print()}>
      Print
    </Button>
  </div>
)

/** Ten codes, shown once; "I have saved these" makes them work. */
export const SaveCodes = ({ challenge, head, className, onResult }: Props) => {
  const form = useFields({ saved: false })
  const { send, pending, problem } = useResponse({ challenge, onResult })
  const { codes, madeAt } = challenge.prompt
  return (
    <Form
      form={form}
      onSubmit={() => send({ saved: true })}
      pending={pending}
      problem={problem}
      className={className}
    >
      {head}
      <ol className="codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Acts codes={codes} madeAt={madeAt} />
      <Note icon={Lock}>
        Keep them apart from your phone and your password: a password manager, or paper in a drawer that
        locks.
      </Note>
      <div className="grid gap-4">
        <CheckField name="saved" label="I have saved these" required="Save them first, then tick this." />
        <Button type="submit" variant="primary" size="lg" block waiting={pending && 'Saving'}>
          Continue
        </Button>
      </div>
    </Form>
  )
}
