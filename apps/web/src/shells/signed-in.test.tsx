import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { done, fakeApi, ok, refused, renderAt } from '../../testing/fake-api.tsx'
import { session } from '../../testing/session.ts'
import { api, read } from '../api/client.ts'
import { useDeed } from '../api/use-deed.ts'
import { takeParting } from './session/parting.ts'
import SignedIn from './signed-in.tsx'
import { StepHeading } from './step-heading.tsx'

const get = 'GET /api/session'
const over = refused('not-signed-in', 401)

const Settings = () => {
  const end = useDeed(() => read(api.session.others.$delete()))
  return (
    <button type="button" onClick={() => end.mutate()}>
      Sign out all others
    </button>
  )
}
const draw = (at = '/settings#sessions') =>
  renderAt(
    at,
    <Routes>
      <Route path="/login" element={<h1>Sign in</h1>} />
      <Route element={<SignedIn />}>
        <Route path="/settings" element={<Settings />} />
        <Route path="/admin/*" element={<p>Cards</p>} />
      </Route>
    </Routes>,
  )
afterEach(() => sessionStorage.clear())

test('without a session it leads to the sign-in, and remembers where to return to', async () => {
  fakeApi({ [get]: over })
  draw()
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
  expect(sessionStorage.getItem('return-to')).toBe('/settings#sessions')
  expect(takeParting()).toBeNull()
})

test('a heading that arrives late does not close the menu under somebody’s hand', async () => {
  let arrive = () => {}
  const Late = () => {
    const [step, move] = useState('first')
    arrive = () => move('second')
    return <StepHeading step={step}>Late page</StepHeading>
  }
  fakeApi({ [get]: ok(session) })
  renderAt(
    '/late',
    <Routes>
      <Route element={<SignedIn />}>
        <Route path="/late" element={<Late />} />
      </Route>
    </Routes>,
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Grace Lindqvist' }))
  expect(await screen.findByRole('menuitem', { name: 'Sign out' })).toBeTruthy()
  act(() => arrive())
  expect(screen.getByRole('menuitem', { name: 'Sign out' })).toBeTruthy()
})

test('a page for other roles says whose it is, and leads on', async () => {
  fakeApi({ [get]: ok({ ...session, role: 'admin' }) })
  draw('/admin/company/require')
  expect(await screen.findByRole('heading', { name: 'Company Settings' })).toBeTruthy()
  expect(screen.getByText(/Only Security Admins of Northwind IT can open this page/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to Manage Employees' }).getAttribute('href')).toBe(
    '/admin/employees',
  )
  expect(screen.queryByText('Cards')).toBeNull()
})

test('a page for one’s own role is shown', async () => {
  fakeApi({ [get]: ok({ ...session, role: 'admin' }) })
  draw('/admin/employees')
  expect(await screen.findByText('Cards')).toBeTruthy()
})

test('with one it shows who is signed in, and where', async () => {
  fakeApi({ [get]: ok(session) })
  draw()
  expect(await screen.findByRole('button', { name: 'Grace Lindqvist' })).toBeTruthy()
  expect(screen.getByText('Northwind IT')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Admin' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Sign out all others' })).toBeTruthy()
})

test('a session that ended meanwhile is noticed at the next request', async () => {
  const server = fakeApi({ [get]: ok(session), 'DELETE /api/session/others': over })
  draw()
  const button = await screen.findByRole('button', { name: 'Sign out all others' })
  server.routes[get] = over
  await userEvent.click(button)
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
  expect(takeParting()).toBe('session-over')
})

test('signing out leaves a word for the sign-in', async () => {
  const server = fakeApi({ [get]: ok(session), 'DELETE /api/session': done })
  draw()
  await userEvent.click(await screen.findByRole('button', { name: 'Grace Lindqvist' }))
  await userEvent.click(screen.getByRole('menuitem', { name: 'Sign out' }))
  await waitFor(() => expect(sessionStorage.getItem('parting')).toBe('signed-out'))
  expect(server.sent('DELETE /api/session')).toHaveLength(1)
})

test('a portal that does not answer is told apart from being signed out', async () => {
  const server = fakeApi({ [get]: refused('unavailable', 503) })
  draw()
  const again = await screen.findByRole('button', { name: 'Try again' }, { timeout: 3000 })
  expect(sessionStorage.getItem('return-to')).toBeNull()
  server.routes[get] = ok(session)
  await userEvent.click(again)
  expect(await screen.findByRole('button', { name: 'Grace Lindqvist' })).toBeTruthy()
})

test('somebody of several companies chooses one before anything else', async () => {
  const companies = [
    { id: 'c', name: 'Contoso Resellers', role: 'employee', accountType: 'client', current: false },
    { id: 'n', name: 'Northwind IT', role: 'employee', accountType: 'employee', current: false },
  ]
  const server = fakeApi({
    [get]: ok({ ...session, company: null, severalCompanies: true }),
    'GET /api/session/companies': ok(companies),
    'POST /api/session/company': () => {
      server.routes[get] = ok({ ...session, severalCompanies: true })
      return done
    },
  })
  draw()
  expect(await screen.findByRole('button', { name: /Contoso Resellers.*You are a client$/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /Northwind IT.*You are an employee$/ }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Grace Lindqvist' })).toBeTruthy())
  expect(server.sent('POST /api/session/company')).toEqual([{ companyId: 'n' }])
})
