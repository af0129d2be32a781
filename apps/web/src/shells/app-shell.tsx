import type { SessionView } from '@countersign/contract/session'
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import { paths } from '../paths.ts'
import { LockUp } from '../ui/brand/lock-up.tsx'
import { ToastRegion } from '../ui/overlay/toasts.tsx'
import { AdminMenu } from './parts/admin-menu.tsx'
import { PersonMenu, type PersonMenuProps } from './parts/person-menu.tsx'
import { SandboxStrip } from './parts/sandbox-strip.tsx'
import { SkipLink } from './parts/skip-link.tsx'

export type AppShellProps = PersonMenuProps & { session: SessionView; children: ReactNode }

/** The top bar and one container for bar and page. Below 768 px Home moves into the person's menu. */
export const AppShell = ({ children, ...person }: AppShellProps) => {
  const { company, role } = person.session
  return (
    <ToastRegion>
      <SkipLink />
      <SandboxStrip />
      <header className="topbar">
        <div>
          <Link className="brand" to={paths.home}>
            <LockUp />
          </Link>
          {company && <span className="company">{company.name}</span>}
          <nav className="tabs" aria-label="Main">
            <NavLink className="opt" to={paths.home} end>
              Home
            </NavLink>
            {role !== 'employee' && <AdminMenu role={role} />}
          </nav>
          <PersonMenu {...person} />
        </div>
      </header>
      <main id="main" className="page outline-none" tabIndex={-1}>
        {children}
      </main>
    </ToastRegion>
  )
}
