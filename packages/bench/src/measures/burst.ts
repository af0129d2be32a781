import { Client } from 'undici'
import { during, load, type Ready } from '../run/client.ts'
import type { Entrant } from '../run/entrant.ts'
import { median, percentile } from '../run/statistics.ts'

/** What session reads suffered while fifty people signed in at once. Milliseconds. */
export type Burst = {
  quiet: number
  busy: number
  ratio: number
  signIns: number
  refused: number
  took: number
}

const readers = 8

export const burst = async (entrants: Entrant[], rounds: number): Promise<Map<Entrant, Burst>> => {
  const measured = new Map<Entrant, Burst[]>(entrants.map((entrant) => [entrant, []]))
  for (let round = 0; round < rounds; round++)
    for (const entrant of entrants) measured.get(entrant)?.push(await once(entrant))
  return new Map([...measured].map(([entrant, results]) => [entrant, medianOf(results)]))
}

const once = async ({ server: { origin }, prepared: { read, signIn } }: Entrant): Promise<Burst> => {
  const quiet = p95(await load(origin, readers, during(1500, read)))
  const begun = performance.now()
  let over = false
  const signingIn = Promise.all(signIn.map((ready) => statusOf(origin, ready))).finally(() => {
    over = true
  })
  let at = 0
  const busy = p95(await load(origin, readers, () => (over ? undefined : read[at++ % read.length])))
  const statuses = await signingIn
  const refused = statuses.filter((status) => status === 429 || status === 503).length
  const odd = statuses.find((status) => ![200, 429, 503].includes(status))
  if (odd) throw new Error(`A sign-in of the burst answered ${odd}`)
  const took = performance.now() - begun
  return { quiet, busy, ratio: busy / quiet, signIns: statuses.length - refused, refused, took }
}

const p95 = ({ latencies }: { latencies: number[] }) =>
  percentile(
    latencies.toSorted((a, b) => a - b),
    0.95,
  )

const statusOf = async (origin: string, ready: Ready): Promise<number> => {
  const client = new Client(origin)
  try {
    const { statusCode, body } = await client.request({ ...ready, body: ready.body ?? null })
    await body.dump()
    return statusCode
  } finally {
    await client.destroy()
  }
}

const medianOf = (results: Burst[]): Burst => {
  const of = (column: keyof Burst) => median(results.map((result) => result[column]))
  return {
    quiet: of('quiet'),
    busy: of('busy'),
    ratio: of('ratio'),
    signIns: of('signIns'),
    refused: of('refused'),
    took: of('took'),
  }
}
