import { figure, table } from '../report/table.ts'
import type { Target } from '../report/target.ts'
import type { Result } from '../report/write.ts'
import { codeAt, stepNow } from '../run/codes.ts'
import { cpuOf } from '../run/cpu.ts'
import { startProxy } from '../run/proxy.ts'
import { median } from '../run/statistics.ts'
import { inWorld, type Server, type World } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'
import type { Person } from '../subjects/portal/prepare.ts'
import { prepareDuo } from './prepare.ts'
import { codeFor, type StandIn, startDuo } from './stand-in.ts'

/** Both requests of a second factor: the one that asks and the one that answers. */
type Cost = { ask: number; answer: number }
type Way = 'code' | 'duo'
type Round = Record<Way, { cpu: Cost; time: Cost }>

const parallel = 4

const send = async (origin: string, person: Person, path: string, body: unknown) => {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: {
      origin: 'https://portal.example',
      'content-type': 'application/json',
      'user-agent': 'bench',
      'x-forwarded-for': `10.${person.at >> 16}.${(person.at >> 8) & 255}.${person.at & 255}`,
      cookie: `pre=${person.token}; __Host-pre=${person.token}`,
    },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer as { id: string; prompt: { url?: string } }
}

/** What the person's browser brings back: the state that went to Duo, and Duo's code. */
const callbackOf = (url: string, person: Person) => {
  const request = new URL(url).searchParams.get('request') ?? ''
  const { state } = JSON.parse(Buffer.from(request.split('.')[1] ?? '', 'base64url').toString())
  return { state, duo_code: codeFor(person.email) }
}

const answerOf = (way: Way, person: Person, asked: { id: string; prompt: { url?: string } }) =>
  way === 'code'
    ? { path: `/api/challenges/${asked.id}/verify`, body: { code: codeAt(person.key, stepNow()) } }
    : { path: '/api/challenges/callback', body: { callback: callbackOf(asked.prompt.url ?? '', person) } }

type Standing = { server: Server; duo: StandIn }

/** One request of each person, a few at a time; CPU and median time of one, without what Duo takes to answer. */
const all = async (
  { server, duo }: Standing,
  people: Person[],
  one: (person: Person, at: number) => Promise<void>,
) => {
  const times: number[] = []
  const spent = duo.spent()
  const before = await cpuOf(server.part.process)
  let next = 0
  const work = async () => {
    for (let at = next++; at < people.length; at = next++) {
      const begun = performance.now()
      await one(people[at] as Person, at)
      times.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: parallel }, work))
  return {
    cpu: ((await cpuOf(server.part.process)) - before) / people.length,
    time: median(times) - (duo.spent() - spent) / people.length,
  }
}

const passWith = async (way: Way, where: Standing, people: Person[]) => {
  const { server } = where
  const asked: Awaited<ReturnType<typeof send>>[] = []
  const ask = await all(where, people, async (person, at) => {
    asked[at] = await send(server.origin, person, '/api/challenges', {
      authenticatorId: person.authenticatorId,
    })
  })
  const answer = await all(where, people, async (person, at) => {
    const { path, body } = answerOf(way, person, asked[at] as (typeof asked)[number])
    await send(server.origin, person, path, body)
  })
  return { cpu: { ask: ask.cpu, answer: answer.cpu }, time: { ask: ask.time, answer: answer.time } }
}

const subject = portal(1, 'duo', 'duo')

const settingsFor = (duo: StandIn) => ({
  NODE_ENV: 'development',
  COUNTERSIGN_SANDBOX: '1',
  SANDBOX_URL: 'http://127.0.0.1:9',
  SANDBOX_HOOK_SECRET: 'nobody calls these hooks',
  SANDBOX_DUO_HOST: duo.keys.apiHost,
  SANDBOX_CA_FILE: duo.caFile,
})

const sealingKeysOf = (urls: Parameters<typeof subject.environment>[0]) =>
  String(subject.environment(urls, 0).SEALING_KEYS)

/** Round trips to the database of both requests, on a server of its own with one connection. */
const counted = async (world: World, duo: StandIn): Promise<Record<Way, number>> => {
  const urls = await world.database('duo_counted')
  const proxy = await startProxy(urls.app)
  const server = await world.start(
    subject,
    { ...urls, app: proxy.url },
    { ...settingsFor(duo), DATABASE_POOL: '1' },
  )
  const people = await prepareDuo(
    { ownerUrl: urls.owner, sealingKeys: sealingKeysOf(urls), keys: duo.keys },
    20,
  )
  const per = async (way: Way) => {
    await passWith(way, { server, duo }, people[way].slice(0, 10))
    const before = proxy.count()
    await passWith(way, { server, duo }, people[way].slice(10))
    return (proxy.count() - before) / 10
  }
  const trips = { code: await per('code'), duo: await per('duo') }
  await server.part.stop()
  proxy.stop()
  return trips
}

/** Duo beside an app's code as the second factor of a sign-in, with a Duo that answers at once. */
export const duoSignIn = (rounds: number, say: (text: string) => void): Promise<Result> =>
  inWorld(async (world) => {
    const duo = await startDuo()
    try {
      say('Duo: round trips …')
      const trips = await counted(world, duo)
      const urls = await world.database(subject.database)
      const server = await world.start(subject, urls, settingsFor(duo))
      const size = 80
      const where = { ownerUrl: urls.owner, sealingKeys: sealingKeysOf(urls), keys: duo.keys }
      const people = await prepareDuo(where, size * (rounds + 1))
      say('Duo beside a code …')
      const measured: Round[] = []
      for (let round = 0; round <= rounds; round++) {
        const lot = (way: Way) => people[way].slice(round * size, (round + 1) * size)
        const code = await passWith('code', { server, duo }, lot('code'))
        const one = { code, duo: await passWith('duo', { server, duo }, lot('duo')) }
        if (round > 0) measured.push(one)
      }
      await server.part.stop()
      return report(measured, trips)
    } finally {
      duo.stop()
    }
  })

const both = ({ ask, answer }: Cost) => ask + answer

const report = (measured: Round[], trips: Record<Way, number>): Result => {
  const of = (way: Way, what: 'cpu' | 'time', part: (cost: Cost) => number) =>
    median(measured.map((round) => part(round[way][what])))
  const times = (what: 'cpu' | 'time') =>
    median(measured.map(({ duo, code }) => both(duo[what]) / both(code[what])))
  const row = (name: string, way: Way) => [
    name,
    ...(['cpu', 'time'] as const).flatMap((what) =>
      [({ ask }: Cost) => ask, ({ answer }: Cost) => answer].map((part) => figure(of(way, what, part))),
    ),
    figure(trips[way]),
  ]
  const target = (what: string, value: number): Target => ({ what, value, unit: '×', atMost: 2 })
  return {
    name: 'duo',
    markdown: [
      '## Duo as the second factor, beside a code',
      table(
        [
          'Second factor',
          'asking, CPU ms',
          'answering, CPU ms',
          'asking, ms',
          'answering, ms',
          'round trips of both',
        ],
        [row('Code of an app', 'code'), row('Duo, which answers at once', 'duo')],
      ),
    ].join('\n\n'),
    targets: [
      target('Duo sign-in, CPU of a code verification', times('cpu')),
      target('Duo sign-in, round trips of a code verification', trips.duo / trips.code),
      target('Duo sign-in, time of a code verification', times('time')),
    ],
    data: { measured, trips },
  }
}
