import type { ReactNode } from 'react'

export type DialogWords = {
  title: string
  /** Beside or under the title: whom it is about. */
  subtitle?: ReactNode
}

const fields = 'input:not([type="hidden"], :disabled), select:not(:disabled), textarea:not(:disabled)'

/** The first focus of a dialog: its first field, or the harmless button, which stands first in the footer. */
export const firstFocus = (dialog: HTMLElement): HTMLElement =>
  dialog.querySelector<HTMLElement>(`.body :is(${fields})`) ??
  dialog.querySelector<HTMLElement>('footer button, .body button, .body a[href]') ??
  dialog

/** Escape belongs first to an open list inside the dialog. */
export const ownsEscape = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('[data-owns-escape]') !== null
