import { connect } from '@countersign/core/db/connect'
import { expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { browser, testPortal } from '../testing/portal.ts'
import { backup, enter } from '../testing/relying-party.ts'
import { signedIn } from '../testing/signed-in.ts'

const portal = await testPortal()

test('an entry of somebody who is signed in takes at most 6 round trips, from the request to the tokens', async () => {
  await portal.play('enrolled')
  const statements: string[] = []
  const sql = connect(portal.urls.app, { max: 1, onStatement: (text) => statements.push(text) })
  const app = createApp({ ...portal.deps, sql }, { trustedProxies: ['127.0.0.0/8'] })
  const here = { ...portal, app }
  const web = await signedIn(here, 'grace@northwind.test', browser(here))
  // The keys are read twice a minute, and types once a connection.
  await enter(here, web, backup)
  statements.length = 0
  const { tokens } = await enter(here, web, backup)
  expect(tokens.status).toBe(200)
  expect(statements.length).toBeGreaterThan(0)
  expect(statements.length).toBeLessThanOrEqual(6)
  await sql.end()
})
