import { withAdmin } from '../../../../scripts/lib/postgres/roles.ts'
import type { Amounts, Prepared, Subject } from '../subjects/subject.ts'
import { load, type Ready } from './client.ts'
import { stepNow } from './codes.ts'
import { cpuOf, databaseCpu } from './cpu.ts'
import { type Round, toRound } from './statistics.ts'
import type { Server, World } from './world.ts'

/** A subject in the run: its server up, its people prepared. */
export type Entrant = {
  subject: Subject
  server: Server
  prepared: Prepared
  /** The next `count` people who have not verified yet, with the code they would type now. */
  codes: (count: number) => Ready[]
  measure: (connections: number, next: () => Ready | undefined) => Promise<Round>
}

export const enter = async (world: World, subject: Subject, amounts: Amounts): Promise<Entrant> => {
  const urls = await world.database(subject.database)
  const server = await world.start(subject, urls)
  const prepared = await subject.prepare(urls.owner, amounts)
  // A database that has lived for a while knows its tables; this one was filled a moment ago.
  await withAdmin(ownerOf(world, subject), (sql) => sql`vacuum analyze`)
  const leader = world.cluster.process.pid ?? 0
  let used = 0
  return {
    subject,
    server,
    prepared,
    codes: (count) => {
      const people = prepared.verify.slice(used, used + count)
      used += count
      if (people.length < count) throw new Error(`${subject.name} has no ${count} people left who may verify`)
      return people.map((one) => one(stepNow()))
    },
    measure: async (connections, next) => {
      const [before, databaseBefore] = [await cpuOf(server.part.process), databaseCpu(leader)]
      const { latencies, elapsed } = await load(server.origin, connections, next)
      const cpu = (await cpuOf(server.part.process)) - before
      return toRound(latencies, elapsed, cpu, databaseCpu(leader) - databaseBefore)
    },
  }
}

const ownerOf = (world: World, subject: Subject) =>
  Object.assign(new URL(world.cluster.adminUrl), { pathname: `/${subject.database}` }).href

/** Rounds that count for nothing: a server lives for weeks, and its code is compiled in the first seconds of them. */
export const warmUps = 3

/** Rounds of everybody in turn, so that a machine that slows down slows everybody. */
export const interleave = async (
  entrants: Entrant[],
  rounds: number,
  measure: (entrant: Entrant) => Promise<Round>,
): Promise<Map<Entrant, Round[]>> => {
  const measured = new Map<Entrant, Round[]>(entrants.map((entrant) => [entrant, []]))
  for (let round = 0; round < warmUps + rounds; round++)
    for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
      const result = await measure(entrant)
      if (round >= warmUps) measured.get(entrant)?.push(result)
    }
  return measured
}
