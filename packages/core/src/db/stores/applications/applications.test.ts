import { applicationSettingsSchema } from '@countersign/contract'
import { describe, expect, test } from 'vitest'
import { seedApplications } from '../../../demo/applications.ts'
import { hashToken } from '../../../keys/tokens.ts'
import { testDatabase } from '../../../testing/database.ts'
import * as applications from './applications.ts'

const { app } = await testDatabase()
const now = new Date('2026-03-01T12:00:00Z')
const wiki = applicationSettingsSchema.parse({
  clientId: 'wiki',
  name: 'Wiki',
  redirectUris: ['https://wiki.test/callback'],
})
const made = { secretHash: hashToken('secret'), now }

describe('applications', () => {
  test('what is registered is read as it was said, with the defaults of a new one', async () => {
    expect(await applications.add(app, wiki, made)).toMatch(/^[0-9a-f-]{36}$/)
    expect(await applications.find(app, 'wiki')).toMatchObject({
      ...wiki,
      companyIds: null,
      accountTypes: ['employee', 'client'],
      minimumAal: 1,
      disabledAt: null,
      createdAt: now,
    })
  })

  test('a client id is given once', async () => {
    expect(await applications.add(app, wiki, made)).toBeNull()
  })

  test('edited, given another secret, disabled and put back', async () => {
    expect(await applications.edit(app, { ...wiki, name: 'Our wiki', minimumAal: 2 })).toBe(true)
    expect(await applications.putSecret(app, 'wiki', null)).toBe(true)
    expect(await applications.putDisabled(app, 'wiki', now)).toBe(true)
    expect(await applications.find(app, 'wiki')).toMatchObject({
      name: 'Our wiki',
      minimumAal: 2,
      secretHash: null,
      disabledAt: now,
    })
    expect(await applications.putDisabled(app, 'wiki', null)).toBe(true)
    expect(await applications.edit(app, { ...wiki, clientId: 'nowhere' })).toBe(false)
  })

  test('the demo applications are registered with their secrets hashed', async () => {
    const secrets = { portal: 'a-demo-secret-1', backup: 'a-demo-secret-2' }
    await seedApplications(app, { sandboxUrl: 'http://localhost:3900', secrets }, now)
    const names = (await applications.list(app)).map(({ name }) => name)
    expect(names).toEqual(['Backup', 'Our wiki', 'Partner Portal'])
    const portal = await applications.find(app, 'partner-portal')
    expect(portal?.secretHash).toEqual(hashToken(secrets.portal))
    expect(portal?.accountTypes).toEqual(['employee'])
  })
})

describe('addresses that are no place to send somebody', () => {
  test.each([
    'https://*.wiki.test/callback',
    'https://wiki.test/*',
    'http://wiki.test/callback',
    'https://wiki.test/callback#here',
    'https://user@wiki.test/callback',
    '//wiki.test/callback',
    '/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'https:\\\\wiki.test',
    'https://wiki.test/a b',
    '',
  ])('%s is not registered', (redirectUri) => {
    expect(applicationSettingsSchema.safeParse({ ...wiki, redirectUris: [redirectUri] }).success).toBe(false)
  })

  test.each(['https://wiki.test/callback?a=b', 'http://localhost:3900/apps/portal', 'http://127.0.0.1/cb'])(
    '%s is',
    (redirectUri) => {
      expect(applicationSettingsSchema.safeParse({ ...wiki, redirectUris: [redirectUri] }).success).toBe(true)
    },
  )
})
