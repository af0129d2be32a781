import { readFileSync } from 'node:fs'
import { figure, table } from '../report/table.ts'
import type { Result } from '../report/write.ts'
import { median, percentile } from '../run/statistics.ts'
import { inWorld, type Server } from '../run/world.ts'
import { portal } from '../subjects/portal/portal.ts'
import { type Holder, prepareHolders } from './prepare.ts'
import { openAll, openStream, type Stream } from './streams.ts'

/** Connections open at the same time: phones that wait for a request, and browsers that wait for an answer. */
const phones = 900
const browsers = 100

const subject = portal(1, 'authenticator', 'authenticator')

const headersOf = (one: Holder) => ({
  origin: 'https://portal.example',
  'content-type': 'application/json',
  'user-agent': 'bench',
  'x-forwarded-for': `10.${one.at >> 16}.${(one.at >> 8) & 255}.${one.at & 255}`,
})
const asBrowser = (one: Holder) => ({ ...headersOf(one), cookie: `__Host-pre=${one.token}` })
const asPhone = (one: Holder) => ({ ...headersOf(one), authorization: `Bearer ${one.deviceToken}` })

const call = async (url: string, headers: Record<string, string>, body?: unknown) => {
  const response = await fetch(
    url,
    body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
  )
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`)
  return text ? JSON.parse(text) : null
}

/** Kilobytes of memory that the server holds; only Linux tells. */
const memoryOf = ({ part }: Server): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${part.process.pid}/status`, 'utf8'))?.[1] ?? Number.NaN)

/** A browser that shows a number and waits; its person's phone knows of the request. */
const ask = async (origin: string, one: Holder) => {
  const { id, prompt } = await call(`${origin}/api/challenges`, asBrowser(one), {
    authenticatorId: one.authenticatorId,
  })
  const stream = await openStream(`${origin}/api/challenges/${id}/events`, asBrowser(one))
  const { requests } = await call(`${origin}/api/authenticator/inbox`, asPhone(one))
  return { one, id, stream, number: prompt.number as string, request: requests[0].id as string }
}

/** From the tap on the phone to the browser that is signed in, in ms. */
const tap = async (origin: string, asked: Awaited<ReturnType<typeof ask>>): Promise<number> => {
  const { one, id, stream, request, number } = asked
  const woken = stream.woken()
  const answer = one.app.answer(request, 'approve', number)
  const begun = performance.now()
  const told = call(`${origin}/api/authenticator/requests/${request}/answer`, asPhone(one), answer)
  await woken
  const done = await call(`${origin}/api/challenges/${id}/verify`, asBrowser(one), { waiting: true })
  const took = performance.now() - begun
  if (done.outcome !== 'signed-in') throw new Error(`The browser was told ${JSON.stringify(done)}`)
  await told
  stream.close()
  return took
}

/** The tap that lets a waiting browser in, among 1,000 open connections, and what each of those costs. */
export const approval = (waves: number, say: (text: string) => void): Promise<Result> =>
  inWorld(async (world) => {
    say('preparing people with phones …')
    const urls = await world.database(subject.database)
    const server = await world.start(subject, urls)
    const { origin } = server
    const sealingKeys = String(subject.environment(urls, 0).SEALING_KEYS)
    const holders = await prepareHolders(urls.owner, sealingKeys, phones + browsers * (waves + 1))
    const [idle, active] = [holders.slice(0, phones), holders.slice(phones)]
    const wave = async (at: number) => {
      const asked = []
      for (const one of active.slice(at * browsers, (at + 1) * browsers)) asked.push(await ask(origin, one))
      const taps: number[] = []
      for (const each of asked) taps.push(await tap(origin, each))
      return taps
    }
    // Compiled, connected and warm before anything is counted.
    await wave(0)
    const before = memoryOf(server)
    say(`opening ${phones} phones …`)
    const open: Stream[] = await openAll(idle, (one) =>
      openStream(`${origin}/api/authenticator/events`, asPhone(one)),
    )
    const perConnection = (memoryOf(server) - before) / phones
    say('taps …')
    const taps: number[] = []
    for (let at = 1; at <= waves; at++) taps.push(...(await wave(at)))
    for (const stream of open) stream.close()
    await server.part.stop()
    return report(taps, perConnection)
  })

const report = (taps: number[], perConnection: number): Result => {
  const sorted = taps.toSorted((a, b) => a - b)
  const p95 = percentile(sorted, 0.95)
  return {
    name: 'authenticator',
    markdown: [
      '## An approval among 1,000 open connections',
      table(
        ['', 'taps', 'p50', 'p95', 'slowest'],
        [
          [
            'From tap to signed-in browser, ms',
            String(taps.length),
            figure(median(taps)),
            figure(p95),
            figure(sorted.at(-1) ?? Number.NaN),
          ],
        ],
      ),
      `Each open connection holds ${figure(perConnection)} kB of the server’s memory.`,
    ].join('\n\n'),
    targets: [
      { what: 'Tap to signed-in browser, p95', value: p95, unit: 'ms', atMost: 300 },
      { what: 'Memory per open connection', value: perConnection, unit: 'kB', atMost: 50 },
    ],
    data: { taps, perConnection },
  }
}
