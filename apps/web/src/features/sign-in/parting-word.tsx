import { useEffect, useState } from 'react'
import { type Parting, takeParting } from '../../shells/session/parting.ts'
import { Note } from '../../ui/status/note.tsx'

const words: Record<Parting, string> = {
  'signed-out': 'You are signed out.',
  'session-over': 'Your session has ended. Sign in again to go on.',
  'attempt-over': 'This sign-in has ended. Begin again.',
}

/** Why somebody stands here again, said once: until they type, or `quiet`, when there is something newer to say. */
export const PartingWord = ({ quiet }: { quiet: boolean }) => {
  const [parting, setParting] = useState<Parting | null>(null)
  // After the first drawing: readers announce what comes into a live region, not what it came with.
  useEffect(() => {
    const left = takeParting()
    if (left) setParting(left)
  }, [])
  useEffect(() => {
    if (!parting) return
    // What the browser fills in by itself is no typing: the word would be gone before it was read.
    const typed = ({ target }: Event) => target === document.activeElement && setParting(null)
    document.addEventListener('input', typed)
    return () => document.removeEventListener('input', typed)
  }, [parting])
  return (
    // Out of the flow while empty, where it would leave a gap; not hidden, since readers must know of it before.
    <div role="status" className="empty:absolute">
      {parting && !quiet && <Note tone={parting === 'signed-out' ? 'done' : 'plain'}>{words[parting]}</Note>}
    </div>
  )
}
