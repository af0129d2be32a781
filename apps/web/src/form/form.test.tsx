import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { SpokenProblem } from '../copy/problem-sentence.ts'
import { Button } from '../ui/button/button.tsx'
import { CodeField } from './code-field.tsx'
import { Form } from './form.tsx'
import { PhoneField } from './phone-field.tsx'
import { TextField } from './text-field.tsx'
import { useFields } from './use-fields.ts'

type Props = { problem?: SpokenProblem | null; pending?: boolean; onSubmit?: (values: unknown) => void }

const Employee = ({ problem = null, pending = false, onSubmit = () => {} }: Props) => {
  const form = useFields({
    name: 'Grace',
    email: 'g@h.test',
    phone: { country: 'US' as const, national: '' },
  })
  return (
    <Form form={form} problem={problem} pending={pending} onSubmit={onSubmit}>
      <TextField name="name" label="Name" required="Type a name." />
      <TextField name="email" label="E-mail" hint="Where mail goes" />
      <PhoneField name="phone" label="Phone" plain />
      <Button type="submit">Save Changes</Button>
    </Form>
  )
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const described = (name: string) =>
  document.getElementById(field(name).getAttribute('aria-describedby') ?? '')
const save = () => screen.getByRole('button', { name: 'Save Changes' })
const alertText = () => screen.getByRole('alert').textContent

test('a problem of a field goes to that field and nowhere else', async () => {
  const { rerender } = render(<Employee />)
  expect(described('E-mail')?.textContent).toBe('Where mail goes')
  rerender(<Employee problem={{ code: 'invalid-input', fields: { email: 'email-taken' } }} />)
  await waitFor(() => expect(field('E-mail').getAttribute('aria-invalid')).toBe('true'))
  expect(described('E-mail')?.textContent).toBe('This e-mail address is already used here. Use another.')
  expect(field('Name').getAttribute('aria-invalid')).toBeNull()
  expect(alertText()).toBe('')
  expect(document.activeElement).toBe(field('E-mail'))
})

test('every other problem goes to the one alert', () => {
  render(<Employee problem={{ code: 'mail-unavailable' }} />)
  expect(alertText()).toBe('The mail server did not answer. Try again in a moment.')
})

test('a problem of a field that is not here is not lost', () => {
  render(<Employee problem={{ code: 'invalid-input', fields: { role: 'last-security-admin' } }} />)
  expect(alertText()).toBe('Some fields need another look.')
})

test('the first wrong field has the focus', async () => {
  render(
    <Employee problem={{ code: 'invalid-input', fields: { phone: 'phone-invalid', name: 'conflict' } }} />,
  )
  await waitFor(() => expect(document.activeElement).toBe(field('Name')))
})

test('nothing is checked while somebody types, and nothing wrong is sent', async () => {
  const submit = vi.fn()
  render(<Employee onSubmit={submit} />)
  const user = userEvent.setup()
  await user.clear(field('Name'))
  expect(field('Name').getAttribute('aria-invalid')).toBeNull()
  await user.click(save())
  expect(described('Name')?.textContent).toBe('Type a name.')
  expect(document.activeElement).toBe(field('Name'))
  expect(submit).not.toHaveBeenCalled()
  await user.type(field('Name'), 'Grace Hopper')
  expect(field('Name').getAttribute('aria-invalid')).toBeNull()
})

test('a number that is not digits is repaired with one click', async () => {
  const submit = vi.fn()
  render(<Employee onSubmit={submit} />)
  const user = userEvent.setup()
  await user.type(field('Phone'), '(415) 555-0102')
  await user.click(save())
  expect(submit).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Use 4155550102' }))
  expect(field('Phone').value).toBe('4155550102')
  expect(document.activeElement).toBe(field('Phone'))
  await user.click(save())
  expect(submit).toHaveBeenCalledWith(
    expect.objectContaining({ phone: { country: 'US', national: '4155550102' } }),
  )
})

test('a suggestion from the server is one click away', async () => {
  render(
    <Employee
      problem={{
        code: 'invalid-input',
        fields: { email: 'invalid-input' },
        suggestion: 'grace@northwind.test',
      }}
    />,
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Use grace@northwind.test' }))
  expect(field('E-mail').value).toBe('grace@northwind.test')
  expect(field('E-mail').getAttribute('aria-invalid')).toBeNull()
})

test('a second submit waits for the first', async () => {
  const submit = vi.fn()
  render(<Employee pending onSubmit={submit} />)
  await userEvent.click(save())
  expect(submit).not.toHaveBeenCalled()
})

const Code = ({ problem = null }: { problem?: SpokenProblem | null }) => {
  const form = useFields({ code: '' })
  return (
    <Form form={form} problem={problem} pending={false} onSubmit={() => {}}>
      <CodeField name="code" />
    </Form>
  )
}

test('a wrong code stays selected, so that typing replaces it', async () => {
  const { rerender } = render(<Code />)
  const user = userEvent.setup()
  await user.type(field('Six-digit code'), '407913')
  rerender(<Code problem={{ code: 'wrong-code', triesLeft: 3, fields: { code: 'wrong-code' } }} />)
  await waitFor(() => expect(field('Six-digit code').selectionEnd).toBe(6))
  expect(field('Six-digit code').selectionStart).toBe(0)
  expect(described('Six-digit code')?.textContent).toBe('That is not the code. Three tries are left.')
  await user.keyboard('1')
  expect(field('Six-digit code').value).toBe('1')
})
