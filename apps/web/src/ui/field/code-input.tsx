import { type ClipboardEvent, type ComponentProps, Fragment, useState } from 'react'
import { cx } from '../cx.ts'

const length = 6
const cells = [0, 1, 2, 3, 4, 5] as const

/** Nothing but digits; full-width digits of East Asian keyboards count (Unicode NFKC). */
const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/gu, '')

export type CodeInputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string
  onChange: (code: string) => void
}

type Range = readonly [from: number, to: number]

const Cells = ({ value, range }: { value: string; range: Range | null }) => {
  const caret = range && Math.min(range[0], length - 1)
  const chosen = (cell: number) =>
    range !== null && range[0] !== range[1] && cell >= range[0] && cell < range[1]
  return cells.map((cell) => (
    <Fragment key={cell}>
      {cell === 3 && <span className="gap" aria-hidden="true" />}
      <span className={cx('cell', caret === cell && 'now', chosen(cell) && 'chosen')} aria-hidden="true">
        {value[cell]}
      </span>
    </Fragment>
  ))
}

/**
 * Six digits. One real input lies over six drawn cells, so that paste, one-time-code filling, readers and password
 * managers meet an ordinary field. `maxlength` would cut "123 456" short, hence paste is handled here.
 */
export const CodeInput = ({ value, onChange, onFocus, onBlur, onSelect, ...rest }: CodeInputProps) => {
  const [range, setRange] = useState<Range | null>(null)
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget
    const pasted = digitsOf(event.clipboardData.getData('text'))
    const before = value.slice(0, selectionStart ?? value.length)
    const after = value.slice(selectionEnd ?? value.length)
    // A whole code replaces what is there; a part is put where the caret stands.
    onChange((pasted.length >= length ? pasted : before + pasted + after).slice(0, length))
  }
  return (
    <div className={cx('code6', rest['aria-invalid'] && 'wrong')}>
      <input
        {...rest}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        maxLength={length}
        value={value}
        onChange={(event) => onChange(digitsOf(event.target.value).slice(0, length))}
        onPaste={paste}
        onSelect={(event) => {
          const { selectionStart: from, selectionEnd: to } = event.currentTarget
          if (document.activeElement === event.currentTarget) setRange([from ?? 0, to ?? 0])
          onSelect?.(event)
        }}
        onFocus={(event) => {
          setRange([event.target.selectionStart ?? 0, event.target.selectionEnd ?? 0])
          onFocus?.(event)
        }}
        onBlur={(event) => {
          setRange(null)
          onBlur?.(event)
        }}
      />
      <Cells value={value} range={range} />
    </div>
  )
}
