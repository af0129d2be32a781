import { CircleAlert, RefreshCw } from 'lucide-react'
import { Button } from '../button/button.tsx'

/** A part of the page did not load; the rest stays usable. */
export const Failed = ({
  sentence,
  onRetry,
  retrying,
}: {
  sentence: string
  onRetry: () => void
  retrying?: boolean
}) => (
  <div className="failed">
    <p role="alert">
      <CircleAlert className="i" aria-hidden="true" />
      {sentence}
    </p>
    <Button size="sm" icon={RefreshCw} onClick={onRetry} waiting={retrying && 'Trying'}>
      Try again
    </Button>
  </div>
)
