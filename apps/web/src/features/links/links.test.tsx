import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { done, fakeApi, refused, renderAt } from '../../../testing/fake-api.tsx'
import ConfirmEmailPage from './confirm-email-page.tsx'
import ForgottenPasswordPage from './forgotten-password-page.tsx'
import HelpPage from './help-page.tsx'
import NotMePage from './not-me-page.tsx'
import ResetPasswordPage from './reset-password-page.tsx'

const reset = 'POST /api/links/reset-password'
const notMe = 'POST /api/links/not-me'
const confirmEmail = 'POST /api/links/confirm-email'
const forgotten = 'POST /api/links/forgotten-password'
const accepted = { status: 202 }

const open = (address: string) => window.history.replaceState(null, '', address)
afterEach(() => open('/'))
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const heading = (name: string) => screen.findByRole('heading', { name })

test('opening a link does nothing, and its secret leaves the address bar', () => {
  const api = fakeApi({})
  open('/not-me#secret')
  renderAt('/not-me', <NotMePage />)
  expect(window.location.hash).toBe('')
  expect(window.location.pathname).toBe('/not-me')
  expect(api.sent(notMe)).toEqual([])
})

test('"It was not me" signs out everywhere once it is pressed', async () => {
  const api = fakeApi({ [notMe]: done })
  open('/not-me#secret')
  renderAt('/not-me', <NotMePage />)
  await userEvent.click(button(/It was not me/))
  expect(await heading('You are signed out everywhere')).toBeTruthy()
  expect(api.sent(notMe)).toEqual([{ token: 'secret' }])
})

test('a used link says so and names the next step', async () => {
  fakeApi({ [notMe]: refused('link-over', 410) })
  open('/not-me#secret')
  renderAt('/not-me', <NotMePage />)
  await userEvent.click(button(/It was not me/))
  expect(await heading('This link no longer works')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Choose a new password' }).getAttribute('href')).toBe(
    '/forgotten-password',
  )
})

test('a link without its secret asks the server nothing', async () => {
  fakeApi({})
  open('/confirm-email')
  renderAt('/confirm-email', <ConfirmEmailPage />)
  expect(await heading('This link no longer works')).toBeTruthy()
})

test('a new address is confirmed by a press', async () => {
  const api = fakeApi({ [confirmEmail]: done })
  open('/confirm-email#secret')
  renderAt('/confirm-email', <ConfirmEmailPage />)
  expect(api.sent(confirmEmail)).toEqual([])
  await userEvent.click(button('Confirm this address'))
  expect(await heading('Your e-mail address is changed')).toBeTruthy()
})

test('an address that was taken meanwhile is told in place', async () => {
  fakeApi({ [confirmEmail]: refused('email-taken', 409) })
  open('/confirm-email#secret')
  renderAt('/confirm-email', <ConfirmEmailPage />)
  await userEvent.click(button('Confirm this address'))
  expect((await screen.findByRole('alert')).textContent).toContain('already used here')
})

test('a new password: too short is told here, a common one by the server, a good one is saved', async () => {
  const api = fakeApi({ [reset]: refused('password-common', 422, { fields: { next: 'password-common' } }) })
  open('/reset-password#secret')
  renderAt('/reset-password', <ResetPasswordPage />)
  const field = screen.getByLabelText('New password')
  await userEvent.type(field, 'too short')
  await userEvent.click(button('Save password'))
  expect(await screen.findByText(/needs at least 15 characters/)).toBeTruthy()
  expect(api.sent(reset)).toEqual([])
  await userEvent.type(field, ' by some letters')
  await userEvent.click(button('Save password'))
  expect(await screen.findByText(/lists that attackers try first/)).toBeTruthy()
  api.routes[reset] = done
  await userEvent.click(button('Save password'))
  expect(await heading('Your password is changed')).toBeTruthy()
  expect(api.sent(reset).at(-1)).toEqual({ token: 'secret', next: 'too short by some letters' })
})

test('a forgotten password is answered the same for everybody', async () => {
  const api = fakeApi({ [forgotten]: accepted })
  renderAt('/forgotten-password', <ForgottenPasswordPage />)
  await userEvent.type(screen.getByLabelText('E-mail address'), 'nobody@nowhere.test')
  await userEvent.click(button('Send the link'))
  expect(await heading('Look into your mailbox')).toBeTruthy()
  expect(screen.getByText(/If an account belongs to/)).toBeTruthy()
  await userEvent.click(button('try again'))
  expect(screen.getByLabelText('E-mail address')).toBeTruthy()
  expect(api.sent(forgotten)).toEqual([{ email: 'nobody@nowhere.test' }])
})

test('help answers why', () => {
  renderAt('/help', <HelpPage />)
  expect(screen.getByText('Why two-factor authentication?')).toBeTruthy()
})
