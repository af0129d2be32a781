import type { InvitationView } from '@countersign/contract/employees'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { app, appChallenge, secured } from '../../../../testing/account.ts'
import { done, fakeApi, ok, refused, renderAt } from '../../../../testing/fake-api.tsx'
import { session as grace } from '../../../../testing/session.ts'
import InvitationPage from './invitation-page.tsx'

const look = 'POST /api/links/invitation'
const accept = 'POST /api/links/invitation/accept'
const who = 'GET /api/session'
const challenges = 'POST /api/challenges'
const joined = ok({ signingIn: false })
const over = refused('not-signed-in', 401)

const view = (needs: InvitationView['needs']): InvitationView => ({
  company: 'Contoso Resellers',
  name: 'Grace Lindqvist',
  email: 'grace@northwind.test',
  needs,
})
const ada = { ...grace, person: { id: '2', name: 'Ada Moreau', email: 'ada@northwind.test' } }

const open = (address = '/invitation#secret') => {
  window.history.replaceState(null, '', address)
  return renderAt(
    '/invitation',
    <Routes>
      <Route path="/invitation" element={<InvitationPage />} />
      <Route path="/login" element={<h1>Sign in here</h1>} />
      <Route path="/login/next" element={<h1>Second step</h1>} />
    </Routes>,
  )
}
afterEach(() => {
  sessionStorage.clear()
  window.history.replaceState(null, '', '/')
})
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const kept = () => sessionStorage.getItem('return-to')

test('somebody new chooses a password and goes on signing in; nobody asks for a session', async () => {
  const api = fakeApi({ [look]: ok(view('password')), [accept]: ok({ signingIn: true }) })
  open()
  await userEvent.type(await screen.findByLabelText('Password'), 'seven tame otters sing')
  await press('Set password and join')
  expect(await screen.findByRole('heading', { name: 'Second step' })).toBeTruthy()
  expect(api.sent(accept)).toEqual([{ token: 'secret', next: 'seven tame otters sing' }])
})

test('an account without a company just joins', async () => {
  const api = fakeApi({ [look]: ok(view('nothing')), [accept]: joined })
  open()
  await press('Join')
  expect(await screen.findByRole('link', { name: 'Sign in' })).toBeTruthy()
  expect(api.sent(accept)).toEqual([{ token: 'secret' }])
})

test('somebody active elsewhere signs in first, and comes back with the secret behind the #', async () => {
  const api = fakeApi({ [look]: ok(view('session')), [who]: over })
  open()
  const link = await screen.findByRole('link', { name: 'Sign in' })
  expect(screen.getByText(/Sign in as grace@northwind.test to join Contoso Resellers/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull()
  expect(window.location.href).not.toContain('secret')
  expect(link.getAttribute('href')).toBe('/login')
  expect(kept()).toBeNull()
  await userEvent.click(link)
  expect(await screen.findByRole('heading', { name: 'Sign in here' })).toBeTruthy()
  expect(kept()).toBe('/invitation#secret')
  expect(api.sent(accept)).toEqual([])
})

test('signed in as the invited person, it is one press, and they stay signed in', async () => {
  const api = fakeApi({ [look]: ok(view('session')), [who]: ok(grace), [accept]: joined })
  open()
  await press('Join')
  expect(await screen.findByRole('heading', { name: 'You have joined Contoso Resellers' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to Home' }).getAttribute('href')).toBe('/')
  expect(api.sent(accept)).toEqual([{ token: 'secret' }])
})

test('back from another site that asked for the factor, the invitation is still there', async () => {
  sessionStorage.setItem('return-to', '/invitation#kept')
  const api = fakeApi({ [look]: ok(view('session')), [who]: ok(grace), [accept]: joined })
  open('/invitation')
  await press('Join')
  expect(await screen.findByRole('link', { name: 'Go to Home' })).toBeTruthy()
  expect(api.sent(accept)).toEqual([{ token: 'kept' }])
  expect(kept()).toBeNull()
})

test('on the password alone the factor is asked for in place', async () => {
  const api = fakeApi({
    [look]: ok(view('session')),
    [who]: ok({ ...grace, aal: 1 }),
    [accept]: refused('step-up-required', 403),
    'GET /api/account/security': ok({ ...secured, authenticators: [app] }),
    [challenges]: ok(appChallenge),
    [`POST /api/challenges/${appChallenge.id}/verify`]: () => {
      api.routes[accept] = joined
      return ok({ outcome: 'stepped-up' })
    },
  })
  open()
  await press('Join')
  await userEvent.type(await screen.findByRole('textbox', { name: 'Six-digit code' }), '123456')
  expect(kept()).toBe('/invitation#secret')
  await press('Submit')
  expect(await screen.findByRole('heading', { name: 'You have joined Contoso Resellers' })).toBeTruthy()
  expect(api.sent(accept)).toHaveLength(2)
  expect(kept()).toBeNull()
})

test('signed in as somebody else, it says who, and leads back here by way of signing out', async () => {
  const api = fakeApi({ [look]: ok(view('session')), [who]: ok(ada), 'DELETE /api/session': done })
  open()
  expect(await screen.findByText(/You are signed in as Ada Moreau \(ada@northwind.test\)/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Join' })).toBeNull()
  await press('Sign out')
  await waitFor(() => expect(api.sent('DELETE /api/session')).toHaveLength(1))
  expect(kept()).toBe('/invitation#secret')
})

test('a sign-out that fails is told', async () => {
  fakeApi({ [look]: ok(view('session')), [who]: ok(ada), 'DELETE /api/session': refused('unavailable', 503) })
  open()
  await press('Sign out')
  expect((await screen.findByRole('alert')).textContent).toContain('We are busy')
})

test('somebody who was signed out, or exchanged, meanwhile is told so', async () => {
  const api = fakeApi({ [look]: ok(view('session')), [who]: ok(grace), [accept]: over })
  open()
  const join = await screen.findByRole('button', { name: 'Join' })
  api.routes[who] = ok(ada)
  await userEvent.click(join)
  expect(await screen.findByText(/You are signed in as Ada Moreau/)).toBeTruthy()
})

test('an account that became active meanwhile signs in first', async () => {
  const api = fakeApi({ [look]: ok(view('nothing')), [who]: over, [accept]: over })
  open()
  const join = await screen.findByRole('button', { name: 'Join' })
  api.routes[look] = ok(view('session'))
  await userEvent.click(join)
  expect(await screen.findByText(/Sign in as grace@northwind.test/)).toBeTruthy()
})

test('a used link is told as such, and not kept', async () => {
  sessionStorage.setItem('return-to', '/invitation#kept')
  fakeApi({ [look]: ok(view('session')), [who]: ok(grace), [accept]: refused('link-over', 410) })
  open('/invitation')
  await press('Join')
  expect(await screen.findByRole('heading', { name: 'This link no longer works' })).toBeTruthy()
  expect(kept()).toBeNull()
})
