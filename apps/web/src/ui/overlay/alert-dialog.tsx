import { X } from 'lucide-react'
import { AlertDialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import { useDialogFocus } from './use-dialog-focus.ts'

export type AlertDialogProps = {
  title: string
  open: boolean
  onClose: () => void
  /** The way back, a verb: "Keep Duo". */
  keep: string
  /** The deed: "Confirm". */
  confirm: string
  onConfirm: () => void
  /** The deed's word while it is under way. */
  waiting?: string | false
  /** Why the deed cannot be done yet. */
  reason?: string
  /** What happens, whom it affects, what stays true. */
  children: ReactNode
}

/** Asks before something that cannot be taken back. The harmless button has the first focus. */
export const AlertDialog = (props: AlertDialogProps) => {
  const focus = useDialogFocus()
  return (
    <Radix.Root open={props.open} onOpenChange={(next) => !next && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content {...focus} className="dialog">
            <header>
              <Radix.Title asChild>
                <h2>{props.title}</h2>
              </Radix.Title>
              <IconButton label="Close" icon={X} onClick={props.onClose} />
            </header>
            <Radix.Description asChild>
              <div className="body">{props.children}</div>
            </Radix.Description>
            <footer>
              <Button onClick={props.onClose}>{props.keep}</Button>
              <Button
                variant="danger"
                onClick={props.onConfirm}
                waiting={props.waiting ?? false}
                reason={props.reason}
              >
                {props.confirm}
              </Button>
            </footer>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}
