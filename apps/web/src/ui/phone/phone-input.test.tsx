import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { PhoneInput } from './phone-input.tsx'
import type { PhoneText } from './phone-text.ts'

const show = (start: PhoneText, plain = false) => {
  const told = vi.fn<(value: PhoneText) => void>()
  const Host = () => {
    const [value, setValue] = useState(start)
    const change = (next: PhoneText) => {
      told(next)
      setValue(next)
    }
    return <PhoneInput aria-label="Phone" value={value} onChange={change} plain={plain} />
  }
  render(<Host />)
  return {
    user: userEvent.setup(),
    input: screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone' }),
    told,
  }
}

test('formats as the number grows', async () => {
  const { user, input, told } = show({ country: 'US', national: '' })
  await user.type(input, '4155550102')
  expect(input.value).toBe('(415) 555-0102')
  expect(told).toHaveBeenLastCalledWith({ country: 'US', national: '(415) 555-0102' })
})

test('every character can be deleted again', async () => {
  const { user, input } = show({ country: 'US', national: '(415)' })
  await user.type(input, '{Backspace}{Backspace}')
  expect(input.value).toBe('(41')
})

test.each([
  ['+44 7700 900123', 'US'],
  ['00447700900123', 'US'],
  ['07700 900123', 'GB'],
] as const)('a pasted %s into a %s field is British', async (text, country) => {
  const { user, input, told } = show({ country, national: '' })
  await user.click(input)
  await user.paste(text)
  expect(told).toHaveBeenLastCalledWith({ country: 'GB', national: '07700 900123' })
  expect(screen.getByRole('button', { name: 'Country code: United Kingdom, +44' })).toBeDefined()
})

test('a typed international number chooses its country when the field is left', async () => {
  const { user, input, told } = show({ country: 'US', national: '' })
  await user.type(input, '+351912345678')
  await user.tab()
  expect(told).toHaveBeenLastCalledWith({ country: 'PT', national: '912 345 678' })
})

test('plain text stays as it was typed and pasted', async () => {
  const { user, input } = show({ country: 'US', national: '' }, true)
  await user.click(input)
  await user.paste('+1 (415) 555-0102')
  await user.tab()
  expect(input.value).toBe('+1 (415) 555-0102')
})
