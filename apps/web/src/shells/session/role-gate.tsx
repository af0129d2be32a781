import type { Role, SessionView } from '@countersign/contract/session'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { paths } from '../../paths.ts'
import { buttonClass } from '../../ui/button/button-class.ts'
import { PageHead } from '../page-head.tsx'

type Gate = { under: string; least: Role; title: string }

const gates: readonly Gate[] = [
  { under: paths.employees, least: 'admin', title: 'Manage Employees' },
  { under: paths.audit, least: 'security_admin', title: 'Audit' },
  { under: paths.company, least: 'security_admin', title: 'Company Settings' },
]
const rank: Record<Role, number> = { employee: 0, admin: 1, security_admin: 2 }
const keepers: Record<Role, string> = {
  employee: 'Everybody',
  admin: 'Only Admins and Security Admins',
  security_admin: 'Only Security Admins',
}

/** The server decides; this spares people a page whose every card would be refused. */
export const RoleGate = ({ session, children }: { session: SessionView; children: ReactNode }) => {
  const { pathname } = useLocation()
  const gate = gates.find(({ under }) => pathname.startsWith(under))
  if (!gate || rank[session.role] >= rank[gate.least]) return children
  const of = session.company ? ` of ${session.company.name}` : ''
  const admin = session.role === 'admin'
  return (
    <>
      <PageHead
        title={gate.title}
        lead={`${keepers[gate.least]}${of} can open this page. Ask one of them, or sign in with an account that is one.`}
      />
      <div>
        <Link className={buttonClass({ variant: 'primary' })} to={admin ? paths.employees : paths.home}>
          {admin ? 'Go to Manage Employees' : 'Go to Home'}
        </Link>
      </div>
    </>
  )
}
