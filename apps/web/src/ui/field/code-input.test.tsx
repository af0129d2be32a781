import { fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { CodeInput } from './code-input.tsx'

const Host = ({ start = '' }: { start?: string }) => {
  const [code, setCode] = useState(start)
  return <CodeInput aria-label="Code" value={code} onChange={setCode} />
}
const show = (start?: string) => {
  const { container } = render(<Host {...(start && { start })} />)
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: 'Code' })
  const cells = () => [...container.querySelectorAll('.cell')].map((cell) => cell.textContent)
  return { user: userEvent.setup(), input, cells }
}

test('takes digits only and draws each in its cell', async () => {
  const { user, input, cells } = show()
  await user.type(input, '4a0-7x')
  expect(input.value).toBe('407')
  expect(cells()).toEqual(['4', '0', '7', '', '', ''])
})

test('stops at six digits', async () => {
  const { user, input } = show()
  await user.type(input, '12345678')
  expect(input.value).toBe('123456')
})

test.each([
  ['407 913', '407913'],
  ['Your code is 407-913.', '407913'],
  ['４０７９１３', '407913'],
  ['40', '40'],
])('pastes %s as %s', async (text, code) => {
  const { user, input } = show()
  await user.click(input)
  await user.paste(text)
  expect(input.value).toBe(code)
})

test('a pasted whole code replaces what was typed', async () => {
  const { user, input } = show('12')
  await user.click(input)
  await user.paste('407 913')
  expect(input.value).toBe('407913')
})

test('a pasted part goes where the caret stands', async () => {
  const { user, input } = show('19')
  await user.click(input)
  input.setSelectionRange(1, 1)
  await user.paste('2-3')
  expect(input.value).toBe('1239')
})

test('is filled by the browser as a one-time code', () => {
  const { input, cells } = show()
  expect(input.autocomplete).toBe('one-time-code')
  expect(input.inputMode).toBe('numeric')
  fireEvent.change(input, { target: { value: '407913' } })
  expect(cells().join('')).toBe('407913')
})

test('keeps the cells from being read a second time', () => {
  const { input } = show('407')
  expect(screen.getAllByRole('textbox')).toEqual([input])
  expect(screen.queryByText('4', { ignore: '[aria-hidden="true"]' })).toBeNull()
})
