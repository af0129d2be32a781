import { Link } from 'react-router'
import { SheetHead } from '../../shells/sheet-head.tsx'
import { Sheet } from '../../shells/sign-in-shell.tsx'
import { buttonClass } from '../../ui/button/button-class.ts'

/** The link has expired, was used, or came without its secret: these look the same, also on the server. */
export const LinkOver = ({ lead, to, next }: { lead: string; to: string; next: string }) => (
  <Sheet>
    <SheetHead title="This link no longer works" step="over">
      It has expired, was used, or did not arrive whole. {lead}
    </SheetHead>
    <Link className={buttonClass({ variant: 'primary', size: 'lg', block: true })} to={to}>
      {next}
    </Link>
  </Sheet>
)
