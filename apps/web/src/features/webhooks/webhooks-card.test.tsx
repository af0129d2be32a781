import type { DeliveryView, WebhookView } from '@countersign/contract/webhooks'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { done, fakeApi, ok, renderAt } from '../../../testing/fake-api.tsx'
import { paths } from '../../paths.ts'
import { WebhooksCard } from './webhooks-card.tsx'

const url = 'https://siem.example.com/countersign'
const webhook: WebhookView = {
  id: '1',
  url,
  topics: ['sign-in', 'factor'],
  createdAt: '2026-11-20T09:00:00Z',
  disabledAt: null,
  goneAt: null,
  waiting: 0,
  failed: 1,
  lastDeliveredAt: null,
}
const failed: DeliveryView = {
  seq: 7,
  event: 'sign-in.finished',
  state: 'failed',
  tries: 10,
  status: null,
  error: 'timeout',
  triedAt: '2026-11-20T09:00:00Z',
  nextAt: null,
}
const secret = 'whsec_c2VjcmV0'

const draw = () => renderAt(paths.company, <WebhooksCard id="webhooks" />)

test('one is added, with the topics that are ticked, and its secret is shown once', async () => {
  let sent: unknown
  const api = fakeApi({
    'GET /api/webhooks': ok([]),
    'POST /api/webhooks': (body) => {
      sent = body
      api.routes['GET /api/webhooks'] = ok([webhook])
      return ok({ id: '1', secret, previousUntil: null })
    },
  })
  draw()
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Add webhook' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Add webhook' }))
  await user.type(dialog.getByLabelText('Address'), url)
  await user.click(dialog.getByRole('checkbox', { name: /^Employees/ }))
  await user.click(dialog.getByRole('checkbox', { name: /^Enforcement/ }))
  await user.click(dialog.getByRole('button', { name: 'Add webhook' }))
  expect((await screen.findByRole('region', { name: 'Secret' })).textContent).toBe(secret)
  expect(sent).toEqual({ url, topics: ['sign-in', 'factor'] })
  await user.click(screen.getByRole('button', { name: 'I have copied it' }))
  expect(screen.queryByText(secret)).toBeNull()
  await screen.findByText(url)
})

test('what was given up is shown with its reason, and sent again', async () => {
  const api = fakeApi({
    'GET /api/webhooks': ok([webhook]),
    'GET /api/webhooks/1/deliveries': ok({ rows: [failed], next: null }),
    'POST /api/webhooks/1/deliveries/7/replay': () => {
      const row: DeliveryView = { ...failed, state: 'delivered', tries: 1, status: 204, error: null }
      api.routes['GET /api/webhooks/1/deliveries'] = ok({ rows: [row], next: null })
      return ok({})
    },
  })
  draw()
  const user = userEvent.setup()
  await screen.findByText('1 given up')
  await user.click(screen.getByRole('button', { name: `Deliveries of ${url}` }))
  await screen.findByText(/no answer within 10 seconds/)
  await user.click(screen.getByRole('button', { name: 'Replay event 7, Signed in' }))
  await screen.findByText(/answered 204/)
  screen.getByText('Delivered')
})

test('one is disabled after a question', async () => {
  const api = fakeApi({
    'GET /api/webhooks': ok([webhook]),
    'DELETE /api/webhooks/1': () => {
      api.routes['GET /api/webhooks'] = ok([{ ...webhook, disabledAt: '2026-11-21T09:00:00Z' }])
      return ok({})
    },
  })
  draw()
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: `Disable ${url}` }))
  await user.click(screen.getByRole('button', { name: 'Disable webhook' }))
  await screen.findByText('Disabled')
  expect(screen.queryByRole('button', { name: `Send test to ${url}` })).toBeNull()
})

test('one whose address is gone says why it is off, and is switched on again', async () => {
  const at = '2026-11-21T09:00:00Z'
  const api = fakeApi({
    'GET /api/webhooks': ok([{ ...webhook, disabledAt: at, goneAt: at }]),
    'POST /api/webhooks/1/enable': () => {
      api.routes['GET /api/webhooks'] = ok([webhook])
      return done
    },
  })
  draw()
  const user = userEvent.setup()
  await screen.findByText('Switched off')
  screen.getByText(/It answered 410 Gone on 21 Nov 2026: it wants no more events/)
  expect(screen.queryByRole('button', { name: `Send test to ${url}` })).toBeNull()
  await user.click(screen.getByRole('button', { name: `Switch on ${url}` }))
  await screen.findByRole('button', { name: `Send test to ${url}` })
  expect(screen.queryByText('Switched off')).toBeNull()
})
