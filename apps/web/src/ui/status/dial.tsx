import type { CSSProperties } from 'react'
import { cx } from '../cx.ts'

type DialStyle = CSSProperties & { '--dial-width': number }

export type DialProps = {
  /** Edge in CSS pixels. */
  size: number
  /** Stroke, in units of the 32-unit box: 3 for a large ring, 5 for one of 16 px. */
  width?: number
  /** What is left or done, 0 to 1; it runs clockwise from the top. */
  share: number
  /** The colour is the text colour: "text-secured", "text-ink". */
  className?: string
}

/** A ring with the mark's geometry. The number stands beside or inside it in words, so it is hidden. */
export const Dial = ({ size, width = 3, share, className }: DialProps) => {
  const radius = 16 - width / 2
  const around = 2 * Math.PI * radius
  const style: DialStyle = { '--dial-width': width }
  return (
    <svg
      className={cx('dial', className)}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      style={style}
    >
      <circle className="track" cx="16" cy="16" r={radius} />
      <circle
        className="run"
        cx="16"
        cy="16"
        r={radius}
        strokeDasharray={`${around * Math.min(1, Math.max(0, share))} ${around}`}
      />
    </svg>
  )
}
