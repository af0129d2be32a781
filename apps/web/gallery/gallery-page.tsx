import type { SessionView } from '@countersign/contract/session'
import { AppShell } from '../src/shells/app-shell.tsx'
import { PageHead } from '../src/shells/page-head.tsx'
import { Choices } from './choices.tsx'
import { Controls } from './controls.tsx'
import { Emblem } from './emblem.tsx'
import { Layout } from './layout.tsx'
import { Overlays } from './overlays.tsx'
import { Signs } from './signs.tsx'
import { States } from './states.tsx'

const session: SessionView = {
  person: { id: 'p1', name: 'Ada Moreau', email: 'ada@northwind.test' },
  company: { id: 'c1', name: 'Northwind IT' },
  severalCompanies: true,
  role: 'security_admin',
  accountType: 'employee',
  aal: 2,
  amr: ['pwd', 'user'],
  factorAt: null,
  expiresAt: '2026-11-22T00:00:00.000Z',
}

const companies = [
  { id: 'c1', name: 'Northwind IT' },
  { id: 'c2', name: 'Contoso Resellers' },
]

const SignIn = location.search.includes('sign-in') ? (await import('./sign-in.tsx')).SignIn : null

/** Every component and state, for `vite dev` only. `?sign-in` shows the sign-in shell, `?role=admin` an admin's bar. */
export default function GalleryPage() {
  if (SignIn) return <SignIn />
  const role = location.search.includes('role=admin') ? 'admin' : 'security_admin'
  return (
    <AppShell session={{ ...session, role }} companies={companies} onCompany={() => {}} onSignOut={() => {}}>
      <PageHead title="Components and states" />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,27rem),1fr))] gap-5 *:min-w-0">
        <Emblem />
        <Controls />
        <Signs />
        <States />
        <Choices />
        <Overlays />
      </div>
      <Layout />
    </AppShell>
  )
}
