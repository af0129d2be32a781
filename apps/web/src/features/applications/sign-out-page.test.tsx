import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { done, fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import { takeParting } from '../../shells/session/parting.ts'
import SignOutPage from './sign-out-page.tsx'

const view = 'GET /api/applications/sign-out'
const backup = { name: 'Backup', logo: null, colour: null }

test('says whose wish it is, and offers to stay', async () => {
  fakeApi({ [view]: ok({ application: backup, back: 'https://backup.test/' }) })
  renderAt('/sign-out', <SignOutPage />)
  expect(await screen.findByText('Backup')).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'Sign out?' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Stay signed in' }).getAttribute('href')).toBe('/')
})

const press = async () => {
  await screen.findByText('Backup')
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }))
}

test('leads to the sign-in, which says that one is signed out', async () => {
  fakeApi({ [view]: ok({ application: backup, back: null }), 'DELETE /api/session': done })
  renderAt('/sign-out', <SignOutPage />)
  await press()
  await waitFor(() => expect(takeParting()).toBe('signed-out'))
})

test('leads to the application, which has words of its own', async () => {
  const back = new URL('#signed-out', location.href).href
  fakeApi({ [view]: ok({ application: backup, back }), 'DELETE /api/session': done })
  renderAt('/sign-out', <SignOutPage />)
  await press()
  await waitFor(() => expect(location.hash).toBe('#signed-out'))
  expect(takeParting()).toBeNull()
  history.replaceState(null, '', '/')
})

test('a sign-out that did not work is said, and nobody is sent away', async () => {
  const api = fakeApi({
    [view]: ok({ application: null, back: null }),
    'DELETE /api/session': refused('unavailable', 503),
  })
  renderAt('/sign-out', <SignOutPage />)
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(api.sent('DELETE /api/session')).toHaveLength(1)
})
