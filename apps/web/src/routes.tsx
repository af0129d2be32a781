import { type ComponentType, lazy, Suspense } from 'react'
import { Route, Routes, useLocation } from 'react-router'
// In the first chunk: everybody begins here, and a chunk of its own would be fetched one round trip later.
import PasswordPage from './features/sign-in/password-page.tsx'
import { paths } from './paths.ts'
import { ErrorPage } from './shells/error-page.tsx'
import { NotFoundPage } from './shells/not-found-page.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'

type Page = { path: string; Page: ComponentType }

// `DEV` is a constant in the build, so the gallery and its import disappear from it.
const gallery: Page[] = import.meta.env.DEV
  ? [{ path: '/__gallery', Page: lazy(() => import('../gallery/gallery-page.tsx')) }]
  : []

/** One line per page, each loaded when it is first opened: `{ path, Page: lazy(() => import('./features/…')) }`. */
const openPages: Page[] = [
  { path: paths.login, Page: PasswordPage },
  { path: paths.next, Page: lazy(() => import('./features/sign-in/next-page.tsx')) },
  { path: paths.choose, Page: lazy(() => import('./features/sign-in/choose-page.tsx')) },
  { path: paths.challenge(':id'), Page: lazy(() => import('./features/sign-in/challenge-page.tsx')) },
  { path: paths.duoCallback, Page: lazy(() => import('./features/sign-in/came-back-page.tsx')) },
  { path: paths.forgotten, Page: lazy(() => import('./features/links/forgotten-password-page.tsx')) },
  { path: paths.resetPassword, Page: lazy(() => import('./features/links/reset-password-page.tsx')) },
  { path: paths.confirmEmail, Page: lazy(() => import('./features/links/confirm-email-page.tsx')) },
  { path: paths.notMe, Page: lazy(() => import('./features/links/not-me-page.tsx')) },
  { path: paths.setPassword, Page: lazy(() => import('./features/recovery/sign-in/set-password-page.tsx')) },
  { path: paths.lostPhone, Page: lazy(() => import('./features/recovery/sign-in/lost-phone-page.tsx')) },
  { path: paths.newPhone, Page: lazy(() => import('./features/recovery/sign-in/new-phone-page.tsx')) },
  {
    path: paths.cancelPhoneChange,
    Page: lazy(() => import('./features/recovery/cancel-phone-change-page.tsx')),
  },
  { path: paths.invitation, Page: lazy(() => import('./features/links/invitation/invitation-page.tsx')) },
  { path: paths.enterProblem, Page: lazy(() => import('./features/applications/problem-page.tsx')) },
  { path: paths.signOut, Page: lazy(() => import('./features/applications/sign-out-page.tsx')) },
  { path: paths.help, Page: lazy(() => import('./features/links/help-page.tsx')) },
  ...gallery,
]

const SignedIn = lazy(() => import('./shells/signed-in.tsx'))
const OwnNotices = lazy(() => import('./features/recovery/own/own-notices.tsx'))

const RequireEverybody = lazy(() =>
  import('./features/company/requirement/require-everybody.tsx').then((m) => ({
    default: m.RequireEverybody,
  })),
)
const EmployeesPage = lazy(() => import('./features/employees/employees-page.tsx'))
const PersonRecovery = lazy(() =>
  import('./features/recovery/admin/person-recovery.tsx').then((m) => ({ default: m.PersonRecovery })),
)

/** Features do not know each other, so what one shows within another is put together here. */
const Employees = () => (
  <EmployeesPage
    option={
      <Suspense>
        <RequireEverybody />
      </Suspense>
    }
    annex={(person) => (
      <Suspense>
        <PersonRecovery {...person} />
      </Suspense>
    )}
  />
)

/** The same for pages that need a session; they stand inside the bar, and without one lead to the sign-in. */
const signedInPages: Page[] = [
  { path: paths.home, Page: lazy(() => import('./pages/home.tsx')) },
  { path: paths.enter(':uid'), Page: lazy(() => import('./features/applications/enter-page.tsx')) },
  { path: paths.enterSite, Page: lazy(() => import('./features/applications/enter-page.tsx')) },
  { path: paths.settings, Page: lazy(() => import('./features/settings/settings-page.tsx')) },
  { path: paths.company, Page: lazy(() => import('./pages/company.tsx')) },
  { path: paths.requirement, Page: lazy(() => import('./features/company/requirement/rehearsal-page.tsx')) },
  { path: paths.duo, Page: lazy(() => import('./features/duo/set-up-page.tsx')) },
  { path: paths.duoReset, Page: lazy(() => import('./features/duo/reset-result-page.tsx')) },
  { path: paths.audit, Page: lazy(() => import('./features/audit/audit-page.tsx')) },
  { path: paths.enrol(':id'), Page: lazy(() => import('./features/settings/enrol-page.tsx')) },
  { path: paths.employees, Page: Employees },
]

const routesOf = (pages: Page[]) =>
  pages.map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />)

/**
 * The page for the address. While a page's code is on its way the old page stays, since the router moves in a
 * transition; at the very first load there is nothing to keep, and nothing is shown for so short a time.
 */
export const Pages = () => (
  <ErrorBoundary resetKey={useLocation().pathname} fallback={<ErrorPage />}>
    <Suspense>
      <Routes>
        {routesOf(openPages)}
        <Route element={<SignedIn notices={<OwnNotices />} />}>{routesOf(signedInPages)}</Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  </ErrorBoundary>
)
