import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fakeApi, ok, refused, renderAt } from '../../../testing/fake-api.tsx'
import { ApplicationsCard } from './applications-card.tsx'

const list = 'GET /api/applications'

test('lists what may be opened, each under its name', async () => {
  const homeUrl = 'https://backup.test/'
  fakeApi({ [list]: ok([{ id: '1', name: 'Backup', logo: null, colour: '#2f6b3a', homeUrl }]) })
  renderAt('/', <ApplicationsCard />)
  const link = await screen.findByRole('link', { name: 'Backup' })
  expect(link.getAttribute('href')).toBe(homeUrl)
})

test('none: says what that means', async () => {
  fakeApi({ [list]: ok([]) })
  renderAt('/', <ApplicationsCard />)
  expect(await screen.findByText('No application yet')).toBeTruthy()
})

test('not readable: says so and offers another try, under its title', async () => {
  fakeApi({ [list]: refused('internal', 500) })
  renderAt('/', <ApplicationsCard />)
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(screen.getByRole('heading', { name: 'Applications' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})
