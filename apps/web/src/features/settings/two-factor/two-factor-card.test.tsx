import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { expect, test } from 'vitest'
import { app, phone, secured, unsecured } from '../../../../testing/account.ts'
import { done, fakeApi, ok, refused, renderAt } from '../../../../testing/fake-api.tsx'
import { TwoFactorCard } from './two-factor-card.tsx'

const security = 'GET /api/account/security'
const remove = `DELETE /api/account/authenticators/${app.id}`
const rename = `PATCH /api/account/authenticators/${app.id}`
const enrolments = 'POST /api/challenges/enrolments'

const Address = () => <output aria-label="Address">{useLocation().pathname}</output>

const draw = () => {
  renderAt(
    '/settings',
    <>
      <TwoFactorCard id="two-factor" />
      <Address />
    </>,
  )
  return userEvent.setup()
}
const item = (name: string): HTMLElement => {
  const found = screen.getAllByRole('listitem').find((one) => one.textContent?.includes(name))
  if (!found) throw new Error(`No factor ${name}`)
  return found
}

test('who has none chooses a method and enables it', async () => {
  const api = fakeApi({ [security]: ok(unsecured), [enrolments]: ok({ id: 'c1', prompt: {} }) })
  const user = draw()
  const methods = within(await screen.findByRole('group', { name: 'Method' }))
  expect(screen.getByText('Not secured')).toBeTruthy()
  expect(methods.getAllByRole('radio')).toHaveLength(2)
  await user.click(methods.getByRole('radio', { name: /Text message or phone call/ }))
  await user.click(methods.getByRole('radio', { name: /Third Party Authenticator App/ }))
  await user.click(screen.getByRole('button', { name: 'Enable 2FA' }))
  await waitFor(() => expect(screen.getByLabelText('Address').textContent).toBe('/settings/enrol/c1'))
  expect(api.sent(enrolments)).toEqual([{ factor: 'totp' }])
})

test('an enrolment that is refused says so and stays', async () => {
  fakeApi({ [security]: ok(unsecured), [enrolments]: refused('too-many', 409) })
  const user = draw()
  await user.click(await screen.findByRole('button', { name: 'Enable 2FA' }))
  expect(
    (await screen.findByText('The list is full. Remove something first.')).closest('[role=alert]'),
  ).toBeTruthy()
  expect(screen.getByLabelText('Address').textContent).toBe('/settings')
})

test('who is secured sees by what, and which is offered first', async () => {
  fakeApi({ [security]: ok(secured) })
  draw()
  expect(await screen.findByText('SECURED')).toBeTruthy()
  expect(screen.getByText('Strongest: authenticator app')).toBeTruthy()
  expect(item('Work phone').textContent).toContain(
    'Authenticator app · added 3 Oct 2026 · last used 12 Oct 2026',
  )
  expect(item('Work phone').textContent).toContain('Offered first')
  expect(item('••02').textContent).not.toContain('Offered first')
  expect(screen.getByText('8 of 10 left, made 3 Oct 2026')).toBeTruthy()
})

test('few recovery codes are marked', async () => {
  fakeApi({ [security]: ok({ ...secured, recoveryCodes: { left: 3, of: 10, madeAt: app.addedAt } }) })
  draw()
  expect(await screen.findByText('Few left')).toBeTruthy()
})

test('renames a factor and says what it is called now', async () => {
  const api = fakeApi({ [security]: ok(secured), [rename]: done })
  const user = draw()
  await user.click(await screen.findByRole('button', { name: 'Rename Work phone' }))
  const name = screen.getByRole('textbox', { name: 'Name' })
  expect(name).toHaveProperty('value', 'Work phone')
  await user.clear(name)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Type a name.')).toBeTruthy()
  await user.type(name, 'Desk phone')
  api.routes[security] = ok({ ...secured, authenticators: [{ ...app, name: 'Desk phone' }, phone] })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('It is called Desk phone now.')).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Rename Desk phone' })).toBeTruthy()
  expect(api.sent(rename)).toEqual([{ name: 'Desk phone' }])
})

test('removes a factor after asking', async () => {
  const api = fakeApi({ [security]: ok(secured), [remove]: done })
  const user = draw()
  await user.click(await screen.findByRole('button', { name: 'Remove Work phone' }))
  const dialog = within(screen.getByRole('alertdialog', { name: 'Remove Work phone?' }))
  expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Keep it' }))
  expect(dialog.queryByText('It is your only factor.')).toBeNull()
  api.routes[security] = ok({ ...secured, authenticators: [phone] })
  await user.click(dialog.getByRole('button', { name: 'Remove' }))
  expect(await screen.findByText('Work phone was removed.')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(screen.queryByRole('button', { name: 'Remove Work phone' })).toBeNull()
})

test('removing the only factor says what that means', async () => {
  fakeApi({ [security]: ok({ ...secured, authenticators: [app] }) })
  const user = draw()
  await user.click(await screen.findByRole('button', { name: 'Remove Work phone' }))
  expect(screen.getByText('It is your only factor.')).toBeTruthy()
})

test('the server keeps the last factor, and the dialog says why', async () => {
  fakeApi({ [security]: ok(secured), [remove]: refused('last-factor', 409) })
  const user = draw()
  await user.click(await screen.findByRole('button', { name: 'Remove Work phone' }))
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Your company requires two-factor authentication. Add another factor before you remove this one.',
  )
})

test('where a company requires one, the only factor cannot be removed, and that is said beforehand', async () => {
  const requirement = { company: 'Northwind IT', from: '2026-10-01T00:00:00Z', inForce: true }
  fakeApi({ [security]: ok({ ...secured, authenticators: [app], requirement }) })
  const user = draw()
  const button = await screen.findByRole('button', { name: 'Remove Work phone' })
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByText(/Stays as long as it is your only one, since Northwind IT requires/)).toBeTruthy()
  await user.click(button)
  expect(screen.queryByRole('alertdialog')).toBeNull()
})

test('a card that did not load offers to try again', async () => {
  const api = fakeApi({ [security]: refused('internal', 500) })
  const user = draw()
  const again = await screen.findByRole('button', { name: 'Try again' })
  api.routes[security] = ok(secured)
  await user.click(again)
  expect(await screen.findByText('SECURED')).toBeTruthy()
})
