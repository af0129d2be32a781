import { demoPassword } from '@countersign/core/demo/people'
import { expect, test } from 'vitest'
import { browser, testPortal } from '../testing/portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()
const email = 'grace@northwind.test'

test('with the tenth code the set is gone: it counts as no way back and is offered no more', async () => {
  await portal.play('enrolled')
  const web = await signedIn(portal, email, browser(portal))
  const made = await web.post('/api/challenges/enrolments', { factor: 'recovery-codes' })
  await web.post(`/api/challenges/${made.body.id}/verify`, { saved: true })
  const codes: string[] = made.body.prompt.codes
  expect(codes).toHaveLength(10)
  for (const [index, code] of codes.entries()) {
    const again = browser(portal)
    const begun = await again.post('/api/sign-in', { email, password: demoPassword })
    const ways: { authenticatorId: string; factor: string }[] = begun.body.signIn.step.ways
    const way = ways.find(({ factor }) => factor === 'recovery-codes')
    const challenge = await again.post('/api/challenges', { authenticatorId: way?.authenticatorId })
    const done = await again.post(`/api/challenges/${challenge.body.id}/verify`, { code })
    expect(done.body).toEqual({ outcome: 'signed-in' })
    const { recoveryCodes } = (await again.get('/api/account/security')).body
    expect(recoveryCodes?.left ?? 0).toBe(9 - index)
  }
  const last = await browser(portal).post('/api/sign-in', { email, password: demoPassword })
  expect(last.body.signIn.step.ways.map(({ factor }: { factor: string }) => factor)).toEqual(['totp'])
})
