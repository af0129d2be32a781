import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { CountryCode } from 'libphonenumber-js/min'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { CountrySelect } from './country-select.tsx'

const Host = () => {
  const [country, setCountry] = useState<CountryCode>('US')
  return (
    <>
      <CountrySelect value={country} onChange={setCountry} />
      <input aria-label="After" />
    </>
  )
}

const open = async () => {
  const user = userEvent.setup()
  render(<Host />)
  const opener = screen.getByRole('button', { name: 'Country code: United States, +1' })
  await user.tab()
  await user.keyboard('{Enter}')
  const search = await screen.findByRole('combobox', { name: 'Search country or code' })
  await waitFor(() => expect(document.activeElement).toBe(search))
  const active = () =>
    document.getElementById(search.getAttribute('aria-activedescendant') ?? '')?.textContent
  return { user, opener, search, active }
}

test('opens at the chosen country, with the focus in the search', async () => {
  const { opener, active } = await open()
  expect(opener.getAttribute('aria-expanded')).toBe('true')
  expect(active()).toBe('United States+1')
  expect(screen.getByRole('option', { selected: true }).textContent).toBe('United States+1')
})

test('search, arrows and Enter choose; the focus goes back to the button', async () => {
  const { user, opener, active } = await open()
  await user.keyboard('united')
  expect(active()).toBe('United States+1')
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(active()).toBe('United Kingdom+44')
  await user.keyboard('{Enter}')
  expect(opener.getAttribute('aria-label')).toBe('Country code: United Kingdom, +44')
  expect(document.activeElement).toBe(opener)
  expect(screen.queryByRole('listbox')).toBeNull()
})

test('arrows go round at both ends', async () => {
  const { user, active } = await open()
  await user.keyboard('united{ArrowUp}')
  const last = within(screen.getByRole('listbox')).getAllByRole('option').at(-1)
  expect(active()).toBe(last?.textContent)
  await user.keyboard('{ArrowDown}')
  expect(active()).toBe('United States+1')
})

test('says how many were found, also when none is', async () => {
  const { user, active } = await open()
  await user.keyboard('+351')
  expect(screen.getByRole('status').textContent).toBe('1 of 245 countries')
  await user.keyboard('zzz')
  expect(screen.getByRole('status').textContent).toBe('0 of 245 countries')
  expect(active()).toBeUndefined()
  await user.keyboard('{ArrowDown}{Enter}')
  expect(screen.getByRole('listbox')).toBeDefined()
})

test('Escape closes and changes nothing', async () => {
  const { user, opener } = await open()
  await user.keyboard('ger{Escape}')
  expect(screen.queryByRole('listbox')).toBeNull()
  expect(opener.getAttribute('aria-label')).toBe('Country code: United States, +1')
  expect(document.activeElement).toBe(opener)
})

test('leaving by Tab closes it', async () => {
  const { user } = await open()
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'After' }))
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull())
})
