import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { missing, type ProxyName, startProxy } from '../scripts/lib/reverse-proxies/start.ts'
import { countersign } from './fixtures/operator.ts'
import { expect, test } from './fixtures.ts'

const portal = process.env.PORTAL_URL || 'http://localhost:3000'

/** An application that knows nothing of us: shows who it was told is there. */
const plainPage = async () => {
  const server = createServer((request, response) => {
    const { 'remote-email': email, 'remote-groups': groups, cookie } = request.headers
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><title>Wiki</title><h1>Wiki</h1><p role="status">${email} (${groups})</p><p>${request.url}</p><p role="note">Cookies: ${cookie ?? 'none'}</p>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() }
}

const tell = (name: ProxyName) => {
  const why = missing(name)
  test(`Grace enters a wiki behind ${name}, Carol is told why not, and signing out holds at once`, async ({
    scenario,
    person,
    request,
  }) => {
    test.skip(why !== null, why ?? '')
    await scenario('enrolled')
    const wiki = await plainPage()
    const host = 'wiki.apps.localhost'
    const proxy = await startProxy(name, {
      portal: Number(new URL(portal).port),
      application: wiki.port,
      host,
    })
    const address = `http://${host}:${proxy.port}`
    try {
      const rule = ['--account', 'employee', '--factors', '2']
      const where = ['--kind', 'forward-auth', '--host', `${host}:${proxy.port}`]
      await countersign('application', 'add', `wiki-${name}`, '--name', 'Wiki', ...where, ...rule)

      const signIn = async (email: string) => {
        const one = await person(email)
        await one.page.goto(`${address}/page?x=1`)
        await expect(one.page.getByRole('heading', { name: 'Sign in to Wiki' })).toBeVisible()
        await one.page.getByLabel('E-mail address').fill(email)
        await one.page.getByLabel('Password', { exact: true }).fill('plenty of paper clips')
        await one.page.getByRole('button', { name: 'Log in' }).click()
        await one.page.getByLabel('Six-digit code').fill(await (await one.app()).code())
        await one.page.getByRole('button', { name: 'Submit' }).click()
        return one.page
      }

      const page = await signIn('grace@northwind.test')
      await expect(page).toHaveURL(`${address}/page?x=1`)
      await expect(page.getByRole('status')).toHaveText(/^grace@northwind\.test \(employee,company:/)
      await expect(page.getByRole('note')).toHaveText(/^Cookies: (none)?$/)
      const program = await request.get(`http://127.0.0.1:${proxy.port}/`, {
        headers: {
          host: `${host}:${proxy.port}`,
          accept: 'application/json',
          'remote-email': 'root@northwind.test',
        },
      })
      expect(program.status()).toBe(401)

      const carol = await signIn('carol@client.test')
      await expect(carol.getByRole('heading', { name: 'You cannot open Wiki' })).toBeVisible()

      await page.goto('/')
      await page.getByRole('button', { name: /Grace/ }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await expect(page).toHaveURL(/\/login/)
      await page.goto(`${address}/page`)
      await expect(page.getByRole('heading', { name: 'Sign in to Wiki' })).toBeVisible()
    } finally {
      await proxy.stop()
      wiki.stop()
    }
  })
}

for (const name of ['nginx', 'caddy'] as const) tell(name)
