import { useRef } from 'react'

const fields = 'input:not([type="hidden"], :disabled), select:not(:disabled), textarea:not(:disabled)'

/** The first focus of a dialog: its first field, or the harmless button, which stands first in the footer. */
const firstFocus = (dialog: HTMLElement): HTMLElement =>
  dialog.querySelector<HTMLElement>(`.body :is(${fields})`) ??
  dialog.querySelector<HTMLElement>('footer button, .body button, .body a[href]') ??
  dialog

/**
 * Where the focus goes when a dialog opens, and back to the opener when it closes. Radix would only give it back to a
 * trigger of its own; ours are opened by state. An opener that is gone by then leaves the focus to the page's content.
 */
export const useDialogFocus = () => {
  const content = useRef<HTMLDivElement>(null)
  const opener = useRef<Element | null>(null)
  return {
    ref: content,
    onOpenAutoFocus: (event: Event) => {
      event.preventDefault()
      opener.current = document.activeElement
      if (content.current) firstFocus(content.current).focus()
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus()
      else if (document.activeElement === document.body) document.getElementById('main')?.focus()
    },
  }
}

/** Escape belongs first to an open list inside the dialog. */
export const ownsEscape = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('[data-owns-escape]') !== null
