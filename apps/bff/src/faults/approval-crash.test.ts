import { randomBytes } from 'node:crypto'
import { demoPassword } from '@countersign/core/demo/people'
import { expect, test } from 'vitest'
import { inbox, pairPhone } from '../testing/app.ts'
import { browser, origin, testPortal } from '../testing/portal.ts'
import { secondPortal } from '../testing/second-portal.ts'

const sealingKey = randomBytes(32)
const portal = await testPortal({ sealingKey })
const grace = { email: 'grace@northwind.test', password: demoPassword }

test('the portal that took the approval is killed at once: the browser goes on at another, once', async () => {
  await portal.play('fresh')
  const enrolling = browser(portal)
  await enrolling.post('/api/sign-in', grace)
  const phone = await pairPhone(portal, enrolling)
  const second = await secondPortal({ urls: portal.urls, sealingKey })

  const web = browser(portal, '198.51.100.99')
  await web.post('/api/sign-in', grace)
  const asked = (await web.post('/api/challenges', { authenticatorId: phone.authenticatorId })).body
  const look = () => web.post(`/api/challenges/${asked.id}/verify`, { waiting: true })
  expect((await look()).body.outcome).toBe('waiting')

  const [request] = (await inbox(phone)).requests
  const taken = await fetch(`${second.url}/api/authenticator/requests/${request.id}/answer`, {
    method: 'POST',
    headers: { ...phone.headers, origin, 'content-type': 'application/json' },
    body: JSON.stringify(phone.app.answer(request.id, 'approve', asked.prompt.number)),
  })
  expect(taken.status).toBe(204)
  await second.kill()

  expect((await look()).body).toEqual({ outcome: 'signed-in' })
  expect((await web.get('/api/session')).body).toMatchObject({ aal: 2 })
  expect((await look()).status).toBe(410)
})
