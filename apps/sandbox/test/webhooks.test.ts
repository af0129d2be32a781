import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

test('keeps webhooks as they arrive, newest first, and forgets them with a scenario', async () => {
  const { url, api } = await startSandbox()
  for (const body of ['{"first":1}', '{"second":2}'])
    expect(
      (await fetch(`${url}/webhooks/siem`, { method: 'POST', body, headers: { 'webhook-id': 'evt_1' } }))
        .status,
    ).toBe(204)
  const { body } = await api.get('/webhooks')
  expect(body).toMatchObject([
    { path: '/webhooks/siem', body: '{"second":2}', headers: { 'webhook-id': 'evt_1' } },
    { body: '{"first":1}' },
  ])
  await api.post('/scenarios/fresh')
  expect((await api.get('/webhooks')).body).toEqual([])
})

test('answers what its address says, so that failing receivers can be tried', async () => {
  const { url } = await startSandbox()
  const statusAt = async (query: string) =>
    (await fetch(`${url}/webhooks/x${query}`, { method: 'POST', body: '{}', redirect: 'manual' })).status
  expect(await statusAt('?answer=500')).toBe(500)
  expect(await statusAt('?answer=307')).toBe(307)
  expect(await statusAt('?answer=nonsense')).toBe(204)
})
