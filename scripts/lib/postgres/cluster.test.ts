import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, startCluster } from './cluster.ts'
import { withAdmin } from './roles.ts'
import { commandOf } from './stale.ts'

let parent = ''
let dataDir = ''
const bystanders: ChildProcess[] = []
const start = () => startCluster({ dataDir, superuserPassword: "it's: a/b@c", durable: true })
const rows = (cluster: Cluster) => withAdmin(cluster.adminUrl, (sql) => sql`SELECT word FROM kept`)

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'countersign-cluster-'))
  dataDir = join(parent, 'postgres')
  const cluster = await start()
  await withAdmin(cluster.adminUrl, async (sql) => {
    await sql`CREATE TABLE kept (word text)`
    await sql`INSERT INTO kept VALUES ('still here')`
  })
  await cluster.stop()
}, 30_000)

afterAll(() => {
  for (const bystander of bystanders) bystander.kill()
  rmSync(parent, { recursive: true, force: true })
})

test('data outlives a stop and a start', async () => {
  const cluster = await start()
  expect(await rows(cluster)).toEqual([{ word: 'still here' }])
  await cluster.stop()
})

test('data outlives a server that was killed', async () => {
  const killed = await start()
  killed.process.kill('SIGKILL')
  await once(killed.process, 'exit')
  const cluster = await start()
  expect(await rows(cluster)).toEqual([{ word: 'still here' }])
  await cluster.stop()
})

test('a server that outlived its launcher is stopped and replaced', async () => {
  const orphan = await start()
  const cluster = await start()
  expect(commandOf(orphan.process.pid ?? 0)).toBeUndefined()
  expect(await rows(cluster)).toEqual([{ word: 'still here' }])
  await cluster.stop()
})

test('a process file that names another program stops neither the start nor that program', async () => {
  const bystander = spawn('sleep', ['60'])
  bystanders.push(bystander)
  writeFileSync(join(dataDir, 'postmaster.pid'), `${bystander.pid}\n`)
  const cluster = await start()
  expect(commandOf(bystander.pid ?? 0)).toContain('sleep')
  expect(Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10)).toBe(cluster.process.pid)
  await cluster.stop()
})

test('nobody connects without the password', async () => {
  const cluster = await start()
  const guessing = Object.assign(new URL(cluster.adminUrl), { password: 'guess' }).href
  await expect(withAdmin(guessing, (sql) => sql`SELECT 1`)).rejects.toMatchObject({ code: '28P01' })
  await cluster.stop()
})
