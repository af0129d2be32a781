import { connect } from '@countersign/core/db/connect'
import { withAdmin } from '../../../../scripts/lib/postgres/roles.ts'
import { during, each, load } from '../run/client.ts'
import { type Entrant, enter, interleave, warmUps } from '../run/entrant.ts'
import { type Round, ratio } from '../run/statistics.ts'
import { inWorld, type World } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'
import type { Subject } from '../subjects/subject.ts'

export type Scale = {
  verify: Map<string, Round[]>
  read: Map<string, Round[]>
  /** Large over small: the CPU time of server and database together. */
  cost: { verify: number; read: number }
  /** Tables that were read from end to end while people signed in, on the large database. */
  scanned: string[]
}

const rounds = 5
const codes = 300

/** The same sign-ins on a database of a thousand people and on one of a million in ten thousand companies. */
export const scale = (say: (text: string) => void): Promise<Scale> =>
  inWorld(async (world) => {
    const entrants: Entrant[] = []
    for (const subject of [
      crowded('1,000 people', 'small', 1000, 10),
      crowded('1,000,000 people', 'large', 1_000_000, 10_000),
    ]) {
      say(`preparing ${subject.name} …`)
      entrants.push(
        await enter(world, subject, { verify: codes * (rounds + warmUps), read: 200, signIn: 10 }),
      )
    }
    const [small, large] = entrants as [Entrant, Entrant]
    const before = await scans(world, large.subject)
    say('signing in …')
    const verify = await interleave(entrants, rounds, (one) => one.measure(4, each(one.codes(codes))))
    const read = await interleave(entrants, rounds, (one) => one.measure(4, during(1000, one.prepared.read)))
    await load(large.server.origin, 2, each(large.prepared.signIn))
    const after = await scans(world, large.subject)
    const cost = (measured: Map<Entrant, Round[]>) => {
      const whole = (one: Entrant) =>
        (measured.get(one) ?? []).map((round) => ({ ...round, cpu: round.cpu + round.databaseCpu }))
      return ratio(whole(large), whole(small), 'cpu')
    }
    const named = (map: Map<Entrant, Round[]>) =>
      new Map([...map].map(([one, value]) => [one.subject.name, value]))
    return {
      verify: named(verify),
      read: named(read),
      cost: { verify: cost(verify), read: cost(read) },
      scanned: [...after]
        .filter(([table, count]) => count > (before.get(table) ?? 0))
        .map(([table]) => table),
    }
  })

/** The portal over people who are merely there: a password, a membership and an authenticator app each. */
const crowded = (name: string, database: string, people: number, companies: number): Subject => {
  const subject = portal(100, name, database)
  return {
    ...subject,
    prepare: async (ownerUrl, amounts) => {
      const sql = connect(ownerUrl, { max: 1 })
      await sql`set statement_timeout = 0`
      await sql`insert into companies (name, created_at) select 'Filler ' || n, now() from generate_series(1, ${companies}::int) n`
      await sql`create temporary table spread as
        select n, uuidv7() as person, (select array_agg(id) from companies) [1 + n % ${companies}::int] as company
        from generate_series(1, ${people}::int) n`
      await sql`insert into persons (id, name, email, password_hash, created_at)
        select person, 'Filler ' || n, 'filler-' || n || '@example.test', repeat('h', 110), now() from spread`
      await sql`insert into memberships (person_id, company_id, joined_at, created_at)
        select person, company, now(), now() from spread`
      await sql`insert into authenticators (person_id, factor, name, credential, created_at, added_at)
        select person, 'totp', 'App', repeat('c', 160), now(), now() from spread`
      await sql.end()
      return subject.prepare(ownerUrl, amounts)
    },
  }
}

/** Tables that grow with people; small ones are rightly read whole. */
const growing = [
  'audit_events',
  'authenticators',
  'challenges',
  'guards',
  'memberships',
  'persons',
  'sessions',
  'sign_in_attempts',
]

const scans = async (world: World, subject: Subject): Promise<Map<string, number>> => {
  const url = Object.assign(new URL(world.cluster.adminUrl), { pathname: `/${subject.database}` }).href
  const rows = await withAdmin(url, async (sql) => {
    // A backend reports what it did at most once a second, when it is idle.
    await sql`select pg_sleep(1.5)`
    return sql`select relname, seq_scan::int as count from pg_stat_user_tables
      where schemaname = 'public' and relname = any(${growing})`
  })
  return new Map(rows.map((row) => [String(row.relname), Number(row.count)]))
}
