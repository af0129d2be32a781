import { connect, type Sql } from '@countersign/core/db/connect'
import { figure, table } from '../report/table.ts'
import type { Target } from '../report/target.ts'
import type { Result } from '../report/write.ts'
import { median } from '../run/statistics.ts'
import { inWorld } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'
import { fill } from './employees.ts'

const people = 50_000
/** People who work on the password alone at that moment. */
const atWork = 5_000

/** As before the deed, which nobody but the owner of the tables can arrange. */
const reset = async (sql: Sql) => {
  await sql`alter table companies disable trigger user`
  await sql`update companies set required_at = null, required_by = null`
  await sql`alter table companies enable trigger user`
  await sql`delete from mail_batches`
  await sql`delete from sessions where aal = 1`
  await sql`
    insert into sessions (token_hash, person_id, name, email, company_id, company_name, role, account_type, companies, aal, amr, address,
      user_agent, idle_seconds, created_at, last_seen_at, expires_at)
    select sha256(person_id::text::bytea), person_id, '', '', company_id, 'Bench', role, account_type, 1, 1, '{pwd}', '10.0.0.1', 'bench', 36000, now(), now(),
      now() + interval '12 hours' from memberships where role = 'employee' limit ${atWork}`
}

type Round = { rehearsal: number; enable: number; page: number }

const lines: { what: string; key: keyof Round }[] = [
  { what: 'The rehearsal', key: 'rehearsal' },
  { what: `Enable, ending ${atWork.toLocaleString('en')} sessions`, key: 'enable' },
  { what: 'Company Settings right after it', key: 'page' },
]

/** Requiring two-factor authentication of 50,000 people: what the admin waits for. */
export const enforcement = (rounds: number, say: (text: string) => void): Promise<Result> =>
  inWorld(async (world) => {
    say('preparing 50,000 people …')
    const subject = portal(1, 'enforcement', 'enforcement')
    const urls = await world.database(subject.database)
    const { origin, part } = await world.start(subject, urls)
    const token = await fill(urls.owner, people)
    const owner = connect(urls.owner, { max: 1 })
    const headers = {
      'user-agent': 'bench',
      'x-forwarded-for': '10.0.0.1',
      'content-type': 'application/json',
      cookie: `__Host-sid=${token}`,
    }
    const timed = async (path: string, body?: string): Promise<number> => {
      const begun = performance.now()
      const response = await fetch(origin + path, body ? { method: 'POST', headers, body } : { headers })
      const answer = await response.text()
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer}`)
      return performance.now() - begun
    }
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) {
      await reset(owner)
      await owner`update sessions set factor_at = now(), last_seen_at = now() where aal = 2`
      measured.push({
        rehearsal: await timed('/api/company/rehearsal'),
        enable: await timed('/api/company/requirement', JSON.stringify({ companyName: 'Bench' })),
        page: await timed('/api/company'),
      })
    }
    await owner.end()
    await part.stop()
    return report(measured)
  })

const report = (measured: Round[]): Result => {
  const found = lines.map(({ what, key }) => ({ what, ms: median(measured.map((one) => one[key])) }))
  return {
    name: 'enforcement',
    markdown: [
      '## Requiring 2FA of 50,000 people',
      table(
        ['What the admin waits for', 'ms'],
        found.map(({ what, ms }) => [what, figure(ms)]),
      ),
    ].join('\n\n'),
    targets: found.map(({ what, ms }): Target => ({ what, value: ms, unit: 'ms', atMost: 1000 })),
    data: found,
  }
}
