import { AlertDialog } from './alert-dialog.tsx'

/** Closing would lose what was typed: ask once. */
export const DiscardDialog = ({
  open,
  onKeep,
  onDiscard,
}: {
  open: boolean
  onKeep: () => void
  onDiscard: () => void
}) => (
  <AlertDialog
    open={open}
    title="Leave without saving?"
    keep="Keep editing"
    confirm="Discard changes"
    onClose={onKeep}
    onConfirm={onDiscard}
  >
    <p className="lead">What you typed here has not been saved.</p>
  </AlertDialog>
)
