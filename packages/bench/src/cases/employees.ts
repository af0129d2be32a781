import { randomUUID } from 'node:crypto'
import { connect } from '@countersign/core/db/connect'
import { hashToken, newToken } from '@countersign/core/keys/tokens'
import { figure, table } from '../report/table.ts'
import type { Target } from '../report/target.ts'
import type { Result } from '../report/write.ts'
import { each, load, type Ready } from '../run/client.ts'
import { median } from '../run/statistics.ts'
import { inWorld, type World } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'

type Ask = (query: string) => Ready
type Directory = { people: number; origin: string; ask: Ask; end: () => Promise<void> }

const first = ['Ines', 'Tomás', 'Yuki', 'Priya', 'Olu', 'Freya', 'Mateo', 'Noor', 'Liam', 'Zofia']
const pageSize = 50
const far = 500
const times = '×'

/** A company of so many people, half of them and its Security Admin with an app, and a session of the latter. */
export const fill = async (ownerUrl: string, people: number): Promise<string> => {
  const sql = connect(ownerUrl, { max: 1 })
  const companyId = randomUUID()
  const token = newToken()
  await sql.begin(async (tx) => {
    await tx`insert into companies (id, name, created_at) values (${companyId}, 'Bench', now())`
    await tx`
      insert into persons (name, email, created_at)
      select (${first}::text[])[1 + n % 10] || ' Person ' || lpad(n::text, 6, '0'), 'person' || n || '@bench.example', now()
      from generate_series(1, ${people}::int) n`
    await tx`
      insert into memberships (company_id, person_id, role, mobile_number, joined_at, created_at)
      select ${companyId}, id, case when email = 'person1@bench.example' then 'security_admin' else 'employee' end,
        '+1415555' || right(email, 4), now(), now() from persons`
    await tx`
      insert into authenticators (person_id, factor, name, created_at, added_at)
      select person_id, 'totp', 'App', now(), now() from memberships
      where substr(person_id::text, 36) < '8' or role = 'security_admin'`
    await tx`
      insert into sessions (token_hash, person_id, name, email, company_id, company_name, role, account_type, companies, aal, amr, factor_at,
        address, user_agent, idle_seconds, created_at, last_seen_at, expires_at)
      select ${hashToken(token)}, id, name, email, ${companyId}, 'Bench', 'security_admin', 'employee', 1, 2, '{otp,pwd}', now(), '10.0.0.1', 'bench', 36000, now(), now(),
        now() + interval '12 hours' from persons where email = 'person1@bench.example'`
  })
  await sql`vacuum analyze`
  await sql.end()
  return token
}

const open = async (world: World, people: number): Promise<Directory> => {
  const subject = portal(1, `${people} people`, `people_${people}`)
  const urls = await world.database(subject.database)
  const { origin, part } = await world.start(subject, urls)
  const token = await fill(urls.owner, people)
  const headers = { 'user-agent': 'bench', 'x-forwarded-for': '10.0.0.1', cookie: `__Host-sid=${token}` }
  const ask: Ask = (query) => ({ method: 'GET', path: `/api/employees?${query}`, headers })
  return { people, origin, ask, end: () => part.stop() }
}

/** The address of a page, reached as a person does: one "Next" after the other. */
const pageAt = async ({ origin, ask }: Directory, page: number): Promise<string> => {
  let query = ''
  for (let at = 1; at < page; at++) {
    const { path, headers } = ask(query)
    const body = (await (await fetch(origin + path, { headers })).json()) as { next: string | null }
    if (body.next === null) throw new Error(`There is no page ${page}`)
    query = `after=${body.next}`
  }
  return query
}

/** Milliseconds of one request, the median of a round. */
const timed = async ({ origin, ask }: Directory, query: string, count: number): Promise<number> => {
  const { latencies } = await load(origin, 1, each(Array.from({ length: count }, () => ask(query))))
  return median(latencies)
}

type Row = { what: string; few: string; many: string }

/**
 * Manage Employees with 50,000 people beside the same with 50, in one run and in turn: first page, page 500,
 * and searches that find one, many and nobody.
 */
export const employees = (
  { rounds, requests }: { rounds: number; requests: number },
  say: (text: string) => void,
): Promise<Result> =>
  inWorld(async (world) => {
    say('preparing 50 and 50,000 people …')
    const [few, many] = [await open(world, pageSize), await open(world, 50_000)]
    const rows: Row[] = [
      { what: 'First page', few: '', many: '' },
      { what: `Page ${far}`, few: '', many: await pageAt(many, far) },
      { what: 'Search, one found', few: 'search=person%20000042', many: 'search=person%20031337' },
      { what: 'Search, thousands found', few: 'search=ines', many: 'search=ines' },
      { what: 'Search, nobody found', few: 'search=nobody', many: 'search=nobody' },
    ]
    const measured = new Map(rows.map(({ what }) => [what, [] as { few: number; many: number }[]]))
    for (let round = 0; round <= rounds; round++) {
      for (const row of rows) {
        const pair = {
          few: await timed(few, row.few, requests),
          many: await timed(many, row.many, requests),
        }
        // The first round warms plans and caches.
        if (round > 0) measured.get(row.what)?.push(pair)
      }
    }
    await Promise.all([few.end(), many.end()])
    return report(measured)
  })

const report = (measured: Map<string, { few: number; many: number }[]>): Result => {
  const lines = [...measured].map(([what, rounds]) => ({
    what,
    few: median(rounds.map((one) => one.few)),
    many: median(rounds.map((one) => one.many)),
    ratio: median(rounds.map((one) => one.many / one.few)),
  }))
  return {
    name: 'employees',
    markdown: [
      '## Manage Employees',
      table(
        ['Request', '50 people, ms', '50,000 people, ms', 'times'],
        lines.map((one) => [one.what, figure(one.few), figure(one.many), figure(one.ratio)]),
      ),
    ].join('\n\n'),
    targets: lines.map(
      (one): Target => ({
        what: `${one.what} of 50,000 people, of 50`,
        value: one.ratio,
        unit: times,
        atMost: 2,
      }),
    ),
    data: lines,
  }
}
