import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { LockUp } from '../ui/brand/lock-up.tsx'
import { Watermark } from '../ui/brand/watermark.tsx'
import { cx } from '../ui/cx.ts'
import { Pair, type PairStep } from '../ui/status/pair.tsx'
import { DoorSign } from './parts/door-sign.tsx'
import { SandboxStrip } from './parts/sandbox-strip.tsx'
import { SkipLink } from './parts/skip-link.tsx'

export type SignInShellProps = {
  /** Where the sign-in stands; leave it off on pages that are no step of one. */
  step?: PairStep
  /** 544 px instead of 440: choosing, scanning, recovery codes. */
  wide?: boolean
  /** Whose portal this is: "Northwind IT partner portal". */
  portal?: string
  /** Under the sheet: "Remind me in 48 hours". */
  aside?: ReactNode
  /** The sheet, a `<Sheet>` or a form with its class. */
  children: ReactNode
}

/** Header with Help, the pair, a sheet, footer. */
export const SignInShell = ({ step, wide, portal, aside, children }: SignInShellProps) => (
  <>
    <SkipLink />
    <SandboxStrip />
    <div className={cx('auth', step === 'proven' && 'answered')}>
      <Watermark />
      <header>
        <Link className="brand" to={paths.login}>
          <LockUp />
        </Link>
        <Link to={paths.help}>Help</Link>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        <div className={cx('panel', wide && 'wide')}>
          {step && <Pair step={step} />}
          {step && <DoorSign />}
          {children}
          {aside && <div className="ways center aside">{aside}</div>}
        </div>
      </main>
      <footer>
        <span>{portal}</span>
      </footer>
    </div>
  </>
)

/** The class of the sheet, for a `Form`. `large` makes fields 48 px high. */
export const sheetClass = 'sheet lg'

export const Sheet = ({ children }: { children: ReactNode }) => <div className={sheetClass}>{children}</div>
