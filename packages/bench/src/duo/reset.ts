import { connect, type Sql } from '@countersign/core/db/connect'
import { fill } from '../cases/employees.ts'
import { figure, table } from '../report/table.ts'
import type { Target } from '../report/target.ts'
import type { Result } from '../report/write.ts'
import { median } from '../run/statistics.ts'
import { inWorld } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'

const people = 50_000
/** Of them signed in by Duo at that moment. */
const atWork = 5_000

/** Everybody bound to a Duo in use, as before the deed. */
const bindAll = async (sql: Sql) => {
  await sql`delete from mails`
  await sql`delete from authenticators where factor = 'duo'`
  await sql`delete from duo_settings`
  await sql`
    insert into duo_settings (company_id, integration_key, secret, api_host, tested_at, set_up_at)
    select id, 'DI', 'never opened', 'api-1.example', now(), now() from companies`
  await sql`
    insert into authenticators (person_id, company_id, factor, name, credential, created_at, added_at)
    select person_id, company_id, 'duo', 'Duo', repeat('x', 150), now(), now() from memberships`
  await sql`delete from sessions where 'duo' = any(amr)`
  await sql`
    insert into sessions (token_hash, person_id, name, email, company_id, role, account_type, companies, aal, amr, factor_at,
      address, user_agent, idle_seconds, created_at, last_seen_at, expires_at)
    select sha256(person_id::text::bytea), person_id, '', '', company_id, role, account_type, 1, 2, '{duo,pwd}', now(), '10.0.0.1', 'bench', 36000, now(), now(),
      now() + interval '12 hours' from memberships where role = 'employee' limit ${atWork}`
  await sql`update sessions set factor_at = now(), last_seen_at = now() where not 'duo' = any(amr)`
  await sql`vacuum analyze authenticators, sessions`
}

/** The least that takes Duo off everybody. */
const bare = async (sql: Sql): Promise<number> => {
  const begun = performance.now()
  await sql`update authenticators set removed_at = now(), credential = null, version = version + 1
    where factor = 'duo' and removed_at is null`
  return performance.now() - begun
}

type Round = { bare: number; reset: number }

/** "Reset organization 2FA" for 50,000 people beside a bare UPDATE of the same rows, in turn. */
export const duoReset = (rounds: number, say: (text: string) => void): Promise<Result> =>
  inWorld(async (world) => {
    say('preparing 50,000 people with Duo …')
    const subject = portal(1, 'duo-reset', 'duo_reset')
    const urls = await world.database(subject.database)
    const { origin, part } = await world.start(subject, urls)
    const token = await fill(urls.owner, people)
    const owner = connect(urls.owner, { max: 1 })
    const worker = connect(urls.worker, { max: 1 })
    // What a round still owes would be sent beside the next one.
    const forget = () => worker`delete from graphile_worker._private_jobs where locked_at is null`
    const prepare = async () => {
      await owner`delete from mail_batches`
      await forget()
      await bindAll(owner)
    }
    const headers = {
      origin: 'https://portal.example',
      'user-agent': 'bench',
      'x-forwarded-for': '10.0.0.1',
      'content-type': 'application/json',
      cookie: `__Host-sid=${token}`,
    }
    const reset = async () => {
      const begun = performance.now()
      const response = await fetch(`${origin}/api/duo/reset`, { method: 'POST', headers, body: '{}' })
      const answer = await response.text()
      if (!response.ok) throw new Error(`The reset answered ${response.status}: ${answer}`)
      return performance.now() - begun
    }
    const measured: Round[] = []
    for (let round = 0; round <= rounds; round++) {
      await prepare()
      const least = await bare(owner)
      await prepare()
      const one = { bare: least, reset: await reset() }
      if (round > 0) measured.push(one)
    }
    await Promise.all([owner.end(), worker.end()])
    await part.stop()
    return report(measured)
  })

const report = (measured: Round[]): Result => {
  const of = (key: keyof Round) => median(measured.map((one) => one[key]))
  const times = median(measured.map((one) => one.reset / one.bare))
  const target: Target = {
    what: 'Reset of Duo for 50,000 people, of a bare UPDATE of the same rows',
    value: times,
    unit: '×',
    atMost: 3,
  }
  return {
    name: 'duo-reset',
    markdown: [
      '## Resetting Duo for 50,000 people',
      table(
        ['', 'ms'],
        [
          ['Bare UPDATE of their authenticators', figure(of('bare'))],
          [
            `The reset as the admin waits for it, ending ${atWork.toLocaleString('en')} sessions and owing ${people.toLocaleString('en')} mails`,
            figure(of('reset')),
          ],
        ],
      ),
    ].join('\n\n'),
    targets: [target],
    data: measured,
  }
}
