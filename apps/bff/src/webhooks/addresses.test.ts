import { createWebhooks } from '@countersign/core/gateways/webhooks/webhooks'
import { beforeEach, describe, expect, test } from 'vitest'
import { testPortal } from '../testing/portal.ts'
import { receiver } from '../testing/receiver.ts'
import { startSandbox } from '../testing/sandbox.ts'
import { signedIn } from '../testing/signed-in.ts'

const inbox = await receiver()
const portal = await testPortal()
// Its TLS has an authority that nobody knows.
const { duo } = await startSandbox()
beforeEach(() => portal.play('enrolled'))

const refused = [
  'http://siem.example.com/',
  'ftp://siem.example.com/',
  'javascript:alert(1)',
  'not an address',
  'https://user:pass@siem.example.com/',
  'https://siem.example.com/#fragment',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[ff02::1]/',
]

describe('A-72 a webhook is made to call inside (server-side request forgery)', () => {
  test('no such address is taken', async () => {
    const admin = await signedIn(portal, 'ada@northwind.test')
    for (const url of refused) {
      const answer = await admin.post('/api/webhooks', { url, topics: ['sign-in'] })
      expect(answer, url).toMatchObject({ status: 422, body: { fields: { url: 'webhook-address' } } })
    }
    expect(await portal.owner`select 1 from webhooks`).toHaveLength(0)
  })

  const port = new URL(inbox.origin).port
  const answering = (...addresses: string[]) =>
    createWebhooks({
      privateNetworks: false,
      sandbox: null,
      patience: 1000,
      lookup: (_host, _options, answer) =>
        answer(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
    })

  test.each([
    ['127.0.0.1'],
    ['::1'],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['::ffff:127.0.0.1'],
    // One that is fine beside one that is not: which of them a socket takes is not ours to hope for.
    ['93.184.216.34', '127.0.0.1'],
  ])('a name that leads to %s is not called', async (...addresses) => {
    const answer = await answering(...addresses).send(`https://siem.example.com:${port}/`, {}, '{}')
    expect(answer).toEqual({ error: 'address' })
    expect(inbox.heard).toEqual([])
  })

  test('a name of this machine in the real resolver is not called either', async () => {
    const webhooks = createWebhooks({ privateNetworks: false, sandbox: null, patience: 1000 })
    expect(await webhooks.send(`https://localhost:${port}/`, {}, '{}')).toEqual({ error: 'address' })
  })

  test('a name that changes its mind between two looks is judged by the one that counts', async () => {
    let looks = 0
    const webhooks = createWebhooks({
      privateNetworks: false,
      sandbox: null,
      patience: 1000,
      lookup: (_host, _options, answer) => {
        looks += 1
        answer(null, [{ address: looks > 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }])
      },
    })
    expect(webhooks.mayGo('https://siem.example.com/')).toBe(true)
    expect(await webhooks.send('https://siem.example.com/', {}, '{}')).toEqual({ error: 'address' })
    expect(looks).toBe(1)
  })

  test('private networks are open where the operator says so; link-local never, the internet without TLS never', async () => {
    const inside = createWebhooks({ privateNetworks: true, sandbox: null, patience: 1000 })
    expect(await inside.send(`${inbox.origin}/in`, {}, '{}')).toEqual({ status: 204 })
    expect(inside.mayGo('http://10.0.0.7/')).toBe(true)
    expect(inside.mayGo('http://93.184.216.34/')).toBe(false)
    expect(inside.mayGo('http://169.254.169.254/')).toBe(false)
    expect(inside.mayGo('http://[fe80::1]/')).toBe(false)
  })
})

describe('A-73 a receiver is impersonated', () => {
  test('a certificate that nobody vouches for ends the call', async () => {
    const inside = createWebhooks({ privateNetworks: true, sandbox: null, patience: 1000 })
    expect(await inside.send(`https://${duo.apiHostname}/`, {}, '{}')).toEqual({ error: 'certificate' })
  })
})
