import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { CopyButton } from './copy-button.tsx'

test('it says what it copies, and that it did', async () => {
  const user = userEvent.setup()
  render(<CopyButton text="secret" what="key" />)
  await user.click(screen.getByRole('button', { name: 'Copy key' }))
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy()
  expect(await navigator.clipboard.readText()).toBe('secret')
})

test.each([
  ['the browser refuses', () => Promise.reject(new Error('NotAllowedError'))],
  [
    'there is no clipboard',
    () => {
      throw new TypeError('undefined')
    },
  ],
])('when %s it does not claim that it did', async (_, writeText) => {
  const user = userEvent.setup()
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText)
  render(<CopyButton text="secret" />)
  await user.click(screen.getByRole('button', { name: 'Copy' }))
  expect(await screen.findByRole('button', { name: 'Not copied' })).toBeTruthy()
})
