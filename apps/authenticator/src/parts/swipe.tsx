import { useRef, useState } from 'preact/hooks'

const size = 56
/** How far along counts as meant. */
const enough = 0.85

/** A track to swipe to the right; never the only way, so it is silent to screen readers and keyboards. */
export const Swipe = ({ ready, onDone }: { ready: boolean; onDone: () => void }) => {
  const track = useRef<HTMLDivElement>(null)
  const start = useRef<number | null>(null)
  const [moved, setMoved] = useState(0)
  const room = () => (track.current?.clientWidth ?? size) - size
  const end = () => {
    if (start.current === null) return
    start.current = null
    if (moved >= room() * enough) onDone()
    setMoved(0)
  }
  return (
    <div class={`swipe ${ready ? 'ready' : ''}`} ref={track} aria-hidden="true">
      <span class="hint">{ready ? 'Swipe to approve' : 'Type the number, then swipe'}</span>
      <span
        class="thumb"
        style={{ transform: `translateX(${moved}px)` }}
        onPointerDown={(event) => {
          if (!ready) return
          event.currentTarget.setPointerCapture(event.pointerId)
          start.current = event.clientX
        }}
        onPointerMove={(event) => {
          if (start.current !== null) setMoved(Math.min(Math.max(event.clientX - start.current, 0), room()))
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        →
      </span>
    </div>
  )
}
