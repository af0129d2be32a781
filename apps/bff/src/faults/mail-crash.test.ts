import { randomBytes } from 'node:crypto'
import { seedDuo } from '@countersign/core/demo/seed-duo'
import { expect, test, vi } from 'vitest'
import { testSandbox } from '../testing/faulty-sandbox.ts'
import { testPortal } from '../testing/portal.ts'
import { secondPortal } from '../testing/second-portal.ts'
import { signedIn } from '../testing/signed-in.ts'

const sealingKey = randomBytes(32)
const keys = {
  integrationKey: 'DI'.padEnd(20, 'X'),
  secretKey: 's'.repeat(40),
  apiHost: 'api-1.duosecurity.com',
}
const sandbox = await testSandbox()
const portal = await testPortal({ sealingKey })
const start = () => secondPortal({ urls: portal.urls, sealingKey, smtpPort: sandbox.ports.smtp })
const patiently = { timeout: 60_000, interval: 5 }

/** More than two lots of the batch. */
const crowd = 1100

/** Everybody of the crowd is an employee of Northwind who is bound to Duo. */
const employ = async () => {
  await portal.owner`
    with company as (select id from companies where name = 'Northwind IT'),
    people as (
      insert into persons (id, name, email, created_at)
      select gen_random_uuid(), 'Employee ' || n, 'e' || n || '@northwind.test', now()
      from generate_series(1, ${crowd}) n returning id),
    members as (
      insert into memberships (company_id, person_id, account_type, role, created_at, joined_at)
      select company.id, people.id, 'employee', 'employee', now(), now() from company, people)
    insert into authenticators (id, person_id, company_id, factor, name, credential, created_at, added_at)
    select gen_random_uuid(), people.id, company.id, 'duo', 'Duo', 'never read', now(), now() from company, people`
}

const tally = async () => {
  const [row] = await portal.owner<
    { batch: boolean; cursor: string | null; written: number; sent: number }[]
  >`
    select bool_and(finished_at is not null) as batch, max(cursor::text) as cursor,
      (select count(*)::int from mails where template = 'duo-reset') as written,
      (select count(*)::int from mails where template = 'duo-reset' and sent_at is not null) as sent
    from mail_batches where template = 'duo-reset'`
  if (!row) throw new Error('no tally')
  return row
}

/** Holds what the portal wants to write next, so that it is killed exactly there. */
const holding = async (lock: (tx: typeof portal.owner) => Promise<unknown>) => {
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const done = portal.owner.begin(async (tx) => {
    await lock(tx as unknown as typeof portal.owner)
    held.resolve()
    await release.promise
  })
  await held.promise
  return async () => {
    release.resolve()
    await done
  }
}

const arrived = async () =>
  (await fetch(`${sandbox.url}/api/messages?channel=email`)).json() as Promise<
    { to: string; subject: string; arrivals: number }[]
  >

test('killed between the reset and its mails, and between mails: everybody is told, nobody twice', async () => {
  await portal.play('enrolled')
  const ada = await signedIn(portal, 'ada@northwind.test')
  await seedDuo(portal.owner, portal.seeder, {
    company: 'Northwind IT',
    people: ['grace@northwind.test'],
    keys,
  })
  await employ()
  expect((await ada.post('/api/duo/reset')).status).toBe(200)
  const told = crowd + 1

  // While a lot of mails is being written: nothing of it stays.
  let release = await holding((tx) => tx`lock table mails in exclusive mode`)
  let second = await start()
  const waits = () => portal.owner`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%into mails%'`
  await vi.waitFor(async () => expect(await waits()).toHaveLength(1), patiently)
  await second.kill()
  await release()
  expect(await tally()).toMatchObject({ batch: false, cursor: null, written: 0, sent: 0 })

  // While lots are written and the first mails leave.
  second = await start()
  await vi.waitFor(async () => expect((await tally()).sent).toBeGreaterThan(0), patiently)
  await second.kill()

  // Between mails, at no moment in particular.
  for (const more of [100, 300]) {
    second = await start()
    const { sent } = await tally()
    await vi.waitFor(async () => expect((await tally()).sent).toBeGreaterThan(sent + more), patiently)
    await second.kill()
  }

  // The mail server has it, and we were killed before that was written down.
  const unsent = new Set<string>()
  release = await holding(async (tx) => {
    const rows = await tx<{ recipient: string }[]>`
      select recipient from mails where sent_at is null for update`
    for (const { recipient } of rows) unsent.add(recipient)
  })
  for (const { to } of await arrived()) unsent.delete(to)
  second = await start()
  const isThere = async () => (await arrived()).some(({ to }) => unsent.has(to))
  await vi.waitFor(async () => expect(await isThere()).toBe(true), patiently)
  await second.kill()
  await release()

  await start()
  await vi.waitFor(async () => expect((await tally()).sent).toBe(told), patiently)
  const mails = await arrived()
  expect(new Set(mails.map((mail) => mail.to)).size).toBe(told)
  expect(mails).toHaveLength(told)
  // What was with the mail server when we were killed came again under its Message-ID; four leave at a time.
  const again = mails.filter((mail) => mail.arrivals > 1)
  expect(again.length).toBeGreaterThan(0)
  expect(again.length).toBeLessThanOrEqual(4 * 4)
  expect(Math.max(...mails.map((mail) => mail.arrivals))).toBe(2)
}, 180_000)
