import { X } from 'lucide-react'
import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import { type DialogWords, firstFocus } from './dialog-frame.ts'

export type AlertDialogProps = DialogWords & {
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
  const content = useRef<HTMLDivElement>(null)
  const harmless = (event: Event) => {
    event.preventDefault()
    if (content.current) firstFocus(content.current).focus()
  }
  return (
    <Radix.Root open={props.open} onOpenChange={(next) => !next && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content ref={content} className="dialog" onOpenAutoFocus={harmless}>
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
