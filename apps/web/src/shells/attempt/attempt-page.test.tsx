import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { afterEach, expect, test } from 'vitest'
import { fakeApi, refused, renderAt } from '../../../testing/fake-api.tsx'
import { takeParting } from '../session/parting.ts'
import { AttemptPage } from './attempt-page.tsx'

const view = 'GET /api/sign-in'
const draw = () =>
  renderAt(
    '/login/next',
    <Routes>
      <Route path="/login/next" element={<AttemptPage>{() => null}</AttemptPage>} />
      <Route path="/login" element={<h1>Sign in</h1>} />
    </Routes>,
  )
afterEach(() => sessionStorage.clear())

test('an attempt that is over leads to the sign-in, which says so', async () => {
  fakeApi({ [view]: refused('attempt-over', 410) })
  draw()
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
  expect(takeParting()).toBe('attempt-over')
})

test('a fault is told as what it is, and tried again', async () => {
  const api = fakeApi({ [view]: refused('unavailable', 503) })
  draw()
  const alert = await screen.findByRole('alert', {}, { timeout: 3000 })
  expect(alert.textContent).toContain('We are busy')
  api.routes[view] = refused('attempt-over', 410)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy()
})
