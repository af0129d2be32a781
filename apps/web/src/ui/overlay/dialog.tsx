import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import { cx } from '../cx.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { ownsEscape, useDialogFocus } from './use-dialog-focus.ts'

export type DialogProps = {
  title: string
  /** Under the title: whom it is about. */
  subtitle?: ReactNode
  open: boolean
  onClose: () => void
  wide?: boolean
  /** Something was typed that closing would lose: Escape and the cross ask first. */
  unsaved?: boolean
  /** `DialogBody` and `DialogFooter`, or a form around both. */
  children: ReactNode
}

/** 480 or 640 px wide, below 768 a sheet from the bottom. Focus goes back to the opener when it closes. */
export const Dialog = ({ open, onClose, wide, unsaved, title, subtitle, children }: DialogProps) => {
  const focus = useDialogFocus()
  const [asking, setAsking] = useState(false)
  const leave = () => (unsaved ? setAsking(true) : onClose())
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && leave()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim">
          <Radix.Content
            {...focus}
            className={cx('dialog', wide && 'wide')}
            aria-describedby={undefined}
            onEscapeKeyDown={(event) => ownsEscape(event) && event.preventDefault()}
          >
            <header>
              <div className="grid min-w-0 gap-1">
                <Radix.Title asChild>
                  <h2>{title}</h2>
                </Radix.Title>
                {subtitle && (
                  <div className="flex flex-wrap items-center gap-2 text-sm text-ink-2">{subtitle}</div>
                )}
              </div>
              <IconButton label="Close" icon={X} onClick={leave} />
            </header>
            {children}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
      <DiscardDialog
        open={asking}
        onKeep={() => setAsking(false)}
        onDiscard={() => {
          setAsking(false)
          onClose()
        }}
      />
    </Radix.Root>
  )
}

export const DialogBody = ({ children }: { children: ReactNode }) => <div className="body">{children}</div>

/** Way back first, deed last. */
export const DialogFooter = ({ children }: { children: ReactNode }) => <footer>{children}</footer>
