import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
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
