import type { EmployeeView } from '@countersign/contract/employees'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { fakeApi, ok, refused, renderAt } from '../../../../testing/fake-api.tsx'
import { EditDialog } from './edit-dialog.tsx'

const grace: EmployeeView = {
  id: '01a',
  name: 'Grace Lindqvist',
  email: 'grace@northwind.test',
  mobileNumber: '+14155550102',
  role: 'employee',
  accountType: 'employee',
  status: { kind: 'pending', since: '2026-11-19T10:00:00.000Z' },
  invitedUntil: null,
  lastSignInAt: null,
  version: 3,
  identity: 'editable',
  may: { edit: true, deactivate: 'yes', roles: ['employee', 'admin', 'security_admin'] },
}

const get = 'GET /api/employees/01a'
const patch = 'PATCH /api/employees/01a'

const open = (employee: EmployeeView, more: Parameters<typeof fakeApi>[0] = {}) => {
  const close = vi.fn()
  const api = fakeApi({ [get]: ok(employee), ...more })
  renderAt('/', <EditDialog id="01a" onClose={close} />)
  return { api, close, user: userEvent.setup() }
}
const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name })
const save = () => screen.getByRole('button', { name: 'Save Changes' })

test('shows whom it is about, and the number as digits', async () => {
  open(grace)
  expect((await field('Mobile phone number')).value).toBe('4155550102')
  expect(screen.getByRole('dialog', { name: 'Edit Employee' })).toBeTruthy()
  expect(screen.getByText('Pending since 19 Nov')).toBeTruthy()
})

test('sends what changed and nothing else, under the version it read', async () => {
  const { api, close, user } = open(grace, { [patch]: ok({ ...grace, name: 'Grace Hopper', version: 4 }) })
  await user.clear(await field('Name'))
  await user.type(await field('Name'), 'Grace Hopper')
  await user.click(save())
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(api.sent(patch)).toEqual([{ version: 3, name: 'Grace Hopper' }])
})

test('a number with other characters is repaired with one click', async () => {
  const { api, close, user } = open(grace, { [patch]: ok(grace) })
  const number = await field('Mobile phone number')
  await user.clear(number)
  await user.type(number, '(415) 555-0142')
  await user.click(save())
  expect(screen.getByText(/Digits only, with no spaces, brackets or dashes/)).toBeTruthy()
  expect(api.sent(patch)).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Use 4155550142' }))
  await user.click(save())
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(api.sent(patch)).toEqual([{ version: 3, mobileNumber: { country: 'US', national: '4155550142' } }])
})

test('a number that was emptied is taken off the file', async () => {
  const { api, close, user } = open(grace, { [patch]: ok(grace) })
  await user.clear(await field('Mobile phone number'))
  await user.click(save())
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(api.sent(patch)).toEqual([{ version: 3, mobileNumber: null }])
})

test('the second of two admins is told what the first did, keeps what was typed, and can go on', async () => {
  const { api, close, user } = open(grace, { [patch]: refused('conflict', 409) })
  await user.clear(await field('Name'))
  await user.type(await field('Name'), 'Grace Hopper')
  api.routes[get] = ok({ ...grace, role: 'admin', version: 4 })
  await user.click(save())
  const told = await screen.findByText(/Somebody else changed this meanwhile/)
  expect(told.parentElement?.textContent).toContain('the role is now Admin')
  expect((await field('Name')).value).toBe('Grace Hopper')
  api.routes[patch] = ok({ ...grace, version: 5 })
  await user.click(save())
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(api.sent(patch).at(-1)).toEqual({ version: 4, name: 'Grace Hopper' })
})

test('a refusal of the server goes to its field', async () => {
  const problem = refused('email-taken', 409, { fields: { email: 'email-taken' } })
  const { user } = open(grace, { [patch]: problem })
  const email = await field('E-mail address')
  await user.clear(email)
  await user.type(email, 'sam@contoso.test')
  await user.click(save())
  await waitFor(() => expect(email.getAttribute('aria-invalid')).toBe('true'))
})

test('closing loses nothing unasked', async () => {
  const { close, user } = open(grace)
  await user.type(await field('Name'), 'x')
  await user.keyboard('{Escape}')
  expect(await screen.findByRole('alertdialog', { name: 'Leave without saving?' })).toBeTruthy()
  expect(close).not.toHaveBeenCalled()
})

test('of a person in several companies name and address are shown, with the reason', async () => {
  open({ ...grace, identity: 'several-companies' })
  expect((await field('Name')).readOnly).toBe(true)
  expect((await field('E-mail address')).readOnly).toBe(true)
  expect(screen.getByText(/belongs to several companies/)).toBeTruthy()
})

test('who is more powerful is not edited, and the button says why', async () => {
  const may = { edit: false, deactivate: 'not-allowed', roles: ['employee', 'admin'] } as const
  open({ ...grace, role: 'security_admin', may: { ...may, roles: [...may.roles] } })
  await field('Name')
  expect(save().getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByText('Only a Security Admin changes another Security Admin.')).toBeTruthy()
})

test('deactivating asks first', async () => {
  const { api, close, user } = open(grace, { 'POST /api/employees/01a/deactivate': ok(grace) })
  await user.click(await screen.findByRole('button', { name: 'Deactivate' }))
  expect(api.sent('POST /api/employees/01a/deactivate')).toEqual([])
  const asked = await screen.findByRole('alertdialog', { name: 'Deactivate Grace Lindqvist?' })
  await user.click(
    [...asked.querySelectorAll('button')].find((one) => one.textContent === 'Deactivate') ?? asked,
  )
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(api.sent('POST /api/employees/01a/deactivate')).toHaveLength(1)
})

test('an invitation that was not answered is sent again', async () => {
  const invited = { ...grace, invitedUntil: '2020-01-01T00:00:00.000Z' }
  const { api, user } = open(invited, { 'POST /api/employees/01a/invitation': { status: 202 } })
  expect(await screen.findByText('Invited, not joined. The invitation has expired.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Resend invitation' }))
  expect(await screen.findByText(/A new invitation is on its way/)).toBeTruthy()
  expect(api.sent('POST /api/employees/01a/invitation')).toHaveLength(1)
})
