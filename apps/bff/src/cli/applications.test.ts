import { parseArgs } from 'node:util'
import * as applications from '@countersign/core/db/stores/applications/applications'
import { hashToken } from '@countersign/core/keys/tokens'
import { beforeEach, describe, expect, test } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { applicationCommands, applicationOptions } from './applications.ts'

const portal = await testPortal()
beforeEach(() => portal.play('fresh'))

/** What stands on the command line after `countersign application`. */
const run = async (verb: string, ...args: string[]): Promise<string> => {
  const { values, positionals } = parseArgs({ args, options: applicationOptions, allowPositionals: true })
  const command = applicationCommands[`application ${verb}`]
  if (!command) throw new Error(`no ${verb}`)
  return command(portal.deps, positionals, values)
}
const find = (clientId: string) => applications.find(portal.deps.sql, clientId)
const wiki = ['wiki', '--name', 'Wiki', '--redirect', 'https://wiki.test/callback']
const audited = () =>
  portal.owner`select event, detail from audit_events where event like 'application.%' order by seq`

describe('adding', () => {
  test('prints the secret once, keeps its hash, and is audited without it', async () => {
    const said = await run(
      'add',
      ...wiki,
      '--home',
      'https://wiki.test/',
      '--account',
      'employee',
      '--factors',
      '2',
    )
    const secret = said.split('\n').at(-1) ?? ''
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(said).toContain('/.well-known/openid-configuration')
    expect(await find('wiki')).toMatchObject({
      secretHash: hashToken(secret),
      homeUrl: 'https://wiki.test/',
      accountTypes: ['employee'],
      minimumAal: 2,
      companyIds: null,
    })
    expect(await run('list')).not.toContain(secret)
    const rows = await audited()
    expect(rows).toEqual([
      { event: 'application.registered', detail: { application: 'wiki', kind: 'oidc', public: false } },
    ])
  })

  test('a public client and forward authentication have no secret', async () => {
    expect(await run('add', ...wiki, '--public')).not.toContain('secret')
    const said = await run(
      'add',
      'plain',
      '--name',
      'Plain',
      '--kind',
      'forward-auth',
      '--host',
      'plain.test',
    )
    expect(said).toMatch(/Its proxy asks http.*\/forward-auth/)
    expect((await find('wiki'))?.secretHash).toBeNull()
    expect((await find('plain'))?.secretHash).toBeNull()
  })

  test('a host leads to one application', async () => {
    const plain = ['--kind', 'forward-auth', '--host', 'plain.test']
    await run('add', 'plain', '--name', 'Plain', ...plain)
    await expect(run('add', 'other', '--name', 'Other', ...plain)).rejects.toThrow(
      /hosts: one of them leads to another application/,
    )
    expect(await find('other')).toBeNull()
  })

  test('may be for some companies, by name', async () => {
    await run('add', ...wiki, '--company', 'northwind it')
    expect((await find('wiki'))?.companyIds).toHaveLength(1)
    await run('edit', 'wiki', '--company', 'none')
    expect((await find('wiki'))?.companyIds).toBeNull()
  })

  test.each([
    [['--redirect', 'https://*.wiki.test/cb'], /redirectUris\.1: must be a whole https: address/],
    [['--redirect', 'http://wiki.test/cb'], /redirectUris\.1: must be a whole https: address/],
    [['--redirect', 'https://wiki.test/cb#top'], /redirectUris\.1/],
    [['--redirect', 'javascript:alert(1)'], /redirectUris\.1/],
    [['--after-sign-out', '//wiki.test'], /postLogoutRedirectUris\.0/],
    [['--back-channel', 'http://10.0.0.1/x'], /backchannelLogoutUri/],
    [['--colour', 'red'], /colour: must be written like #1a2b3c/],
    [['--role', 'king'], /roles\.0/],
    [['--account', 'client', '--role', 'admin'], /roles: client accounts hold no admin role/],
    [['--factors', '3'], /minimumAal/],
    [['--max-age', 'soon'], /maxAge/],
    [['--host', 'wiki.test'], /hosts: are for forward authentication/],
    [['--kind', 'forward-auth'], /hosts: forward authentication needs one/],
    [['--kind', 'forward-auth', '--host', '*.wiki.test'], /hosts\.0: must be a host name/],
    [['--company', 'Nowhere Ltd'], /There is no company Nowhere Ltd/],
    [['--logo', 'logo.gif'], /--logo: a file of type/],
    [['--logo', '/nowhere/logo.png'], /--logo: .* cannot be read/],
  ])('%j is refused with the reason', async (args, reason) => {
    await expect(run('add', ...wiki, ...args)).rejects.toThrow(reason)
    expect(await find('wiki')).toBeNull()
    expect(await audited()).toEqual([])
  })

  test('is refused without an address, twice, and under a bad name', async () => {
    await expect(run('add', 'wiki', '--name', 'Wiki')).rejects.toThrow(/redirectUris: .* needs one/)
    await expect(run('add', 'Wiki!', '--name', 'x', '--redirect', 'https://x.test')).rejects.toThrow(
      /clientId/,
    )
    await expect(run('add')).rejects.toThrow(/client id/)
    await run('add', ...wiki)
    await expect(run('add', ...wiki)).rejects.toThrow(/already/)
  })
})

describe('afterwards', () => {
  beforeEach(() => run('add', ...wiki, '--home', 'https://wiki.test/'))

  test('editing changes what is named and leaves the rest, the secret too', async () => {
    const before = await find('wiki')
    await run('edit', 'wiki', '--name', 'Our wiki', '--home', 'none', '--max-age', '600')
    expect(await find('wiki')).toEqual({ ...before, name: 'Our wiki', homeUrl: null, maxAge: 600 })
    expect((await audited()).at(-1)).toEqual({
      event: 'application.edited',
      detail: { application: 'wiki', fields: 'name, homeUrl, maxAge' },
    })
    await expect(run('edit', 'wiki', '--redirect', 'none')).rejects.toThrow(/needs one/)
    await expect(
      run('edit', 'wiki', '--kind', 'forward-auth', '--host', 'x.test', '--redirect', 'none'),
    ).rejects.toThrow(/for ever/)
    await expect(run('edit', 'nowhere', '--name', 'x')).rejects.toThrow(/no application nowhere/)
  })

  test('a rotated secret replaces the old one', async () => {
    const before = (await find('wiki'))?.secretHash
    const secret = (await run('rotate-secret', 'wiki')).split('\n').at(-1) ?? ''
    expect((await find('wiki'))?.secretHash).toEqual(hashToken(secret))
    expect((await find('wiki'))?.secretHash).not.toEqual(before)
    await run('add', 'spa', '--name', 'SPA', '--redirect', 'https://spa.test/', '--public')
    await expect(run('rotate-secret', 'spa')).rejects.toThrow(/public client/)
    await expect(run('rotate-secret', 'nowhere')).rejects.toThrow(/no application/)
  })

  test('disabled and put back, each said once', async () => {
    await run('disable', 'wiki')
    expect((await find('wiki'))?.disabledAt).not.toBeNull()
    expect(await run('list')).toContain('DISABLED')
    await expect(run('disable', 'wiki')).rejects.toThrow(/already/)
    await run('enable', 'wiki')
    expect((await find('wiki'))?.disabledAt).toBeNull()
    await expect(run('enable', 'wiki')).rejects.toThrow(/already/)
    expect((await audited()).map(({ event }) => event).slice(-2)).toEqual([
      'application.disabled',
      'application.enabled',
    ])
  })
})
