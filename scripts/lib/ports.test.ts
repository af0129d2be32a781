import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { choosePorts, freePort } from './ports.ts'

afterEach(() => vi.unstubAllEnvs())

async function occupied(work: (port: number) => Promise<void>, host?: string): Promise<void> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  await work((server.address() as AddressInfo).port)
  server.close()
}

test('a preferred port is given when it is free, another when not', async () => {
  const free = await freePort()
  expect(await freePort(free)).toBe(free)
  await occupied(async (port) => expect(await freePort(port)).not.toBe(port))
})

test.each([undefined, '127.0.0.1'])(
  'a taken port is named with the way round (listening on %s)',
  async (host) => {
    await occupied(async (port) => {
      vi.stubEnv('PORT', String(port))
      await expect(choosePorts(false)).rejects.toThrow(`PORT=${port + 1} npx pnpm@12 start`)
    }, host)
  },
)

test('what is no port is refused', async () => {
  vi.stubEnv('SANDBOX_PORT', 'http')
  vi.stubEnv('PORT', String(await freePort()))
  await expect(choosePorts(false)).rejects.toThrow('SANDBOX_PORT must be a port number')
})
