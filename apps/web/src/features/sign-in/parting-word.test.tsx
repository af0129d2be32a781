import { fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { fakeApi, refused, renderAt } from '../../../testing/fake-api.tsx'
import { leaveParting, type Parting } from '../../shells/session/parting.ts'
import PasswordPage from './password-page.tsx'

const draw = () => renderAt('/login', <PasswordPage />)
const said = () => within(screen.getByRole('main')).getByRole('status').textContent
afterEach(() => sessionStorage.clear())

test.each<[Parting, string]>([
  ['signed-out', 'You are signed out.'],
  ['session-over', 'Your session has ended. Sign in again to go on.'],
  ['attempt-over', 'This sign-in has ended. Begin again.'],
])('the sign-in says why somebody stands there again, once: %s', (parting, words) => {
  leaveParting(parting)
  const page = draw()
  expect(said()).toBe(words)
  page.unmount()
  draw()
  expect(said()).toBe('')
})

test('nothing is said to somebody who comes for the first time, or of what we did not write', () => {
  sessionStorage.setItem('parting', 'Call 0800 …')
  draw()
  expect(said()).toBe('')
})

test('it is gone when typing begins, not when the browser fills the fields in', async () => {
  leaveParting('signed-out')
  draw()
  fireEvent.input(screen.getByLabelText('E-mail address'), { target: { value: 'grace@northwind.test' } })
  expect(said()).toBe('You are signed out.')
  await userEvent.type(screen.getByLabelText('Password'), 'p')
  expect(said()).toBe('')
})

test('it makes room for the answer to the next sign-in', async () => {
  leaveParting('signed-out')
  fakeApi({ 'POST /api/sign-in': refused('wrong-credentials', 401) })
  draw()
  for (const label of ['E-mail address', 'Password'])
    fireEvent.input(screen.getByLabelText(label), { target: { value: 'grace@northwind.test' } })
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }))
  expect((await screen.findByRole('alert')).textContent).not.toBe('')
  expect(said()).toBe('')
})
