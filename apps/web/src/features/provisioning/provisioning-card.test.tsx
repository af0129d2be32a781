import type { ProvisioningView } from '@countersign/contract/scim'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { fakeApi, ok, renderAt } from '../../../testing/fake-api.tsx'
import { paths } from '../../paths.ts'
import { ProvisioningCard } from './provisioning-card.tsx'

const none: ProvisioningView = { baseUrl: 'https://portal.test/scim/v2', people: 0, tokens: [] }
const current = {
  id: '1',
  hint: 'wxyz',
  createdAt: '2026-11-20T09:00:00Z',
  createdBy: 'Ada Moreau',
  lastUsedAt: null,
  endsAt: null,
}
const token = 'countersign_scim_secretwxyz'

const draw = () => renderAt(paths.company, <ProvisioningCard id="provisioning" />)

test('a token is made, shown once, and gone from the page afterwards', async () => {
  const api = fakeApi({
    'GET /api/provisioning': ok(none),
    'POST /api/provisioning/tokens': () => {
      api.routes['GET /api/provisioning'] = ok({ ...none, tokens: [current] })
      return ok({ token })
    },
  })
  draw()
  const user = userEvent.setup()
  await screen.findByText('https://portal.test/scim/v2')
  await user.click(screen.getByRole('button', { name: 'Make a token' }))
  expect((await screen.findByRole('region', { name: 'Token' })).textContent).toBe(token)
  await user.click(screen.getByRole('button', { name: 'I have copied it' }))
  await screen.findByText('Token ending in wxyz')
  expect(screen.queryByText(token)).toBeNull()
  screen.getByRole('button', { name: 'Replace token' })
})

test('a token is revoked after a question', async () => {
  const api = fakeApi({
    'GET /api/provisioning': ok({ ...none, tokens: [current] }),
    'DELETE /api/provisioning/tokens/1': () => {
      api.routes['GET /api/provisioning'] = ok(none)
      return ok({})
    },
  })
  draw()
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Revoke Token ending in wxyz' }))
  await user.click(screen.getByRole('button', { name: 'Revoke token' }))
  await screen.findByText('Not connected')
})
