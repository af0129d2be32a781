import { each, load } from '../run/client.ts'
import { stepNow } from '../run/codes.ts'
import { startProxy } from '../run/proxy.ts'
import type { World } from '../run/world.ts'
import type { Subject } from '../subjects/subject.ts'

export type RoundTrips = { verify: number; read: number; signIn: number }

const warm = 20
const counted = 20

/** Round trips to the database per operation, counted on the wire, by a server of its own with one connection. */
export const roundTrips = async (world: World, subject: Subject): Promise<RoundTrips> => {
  const name = `${subject.database}_counted`
  const urls = await world.database(name)
  const proxies = { owner: await startProxy(urls.owner), app: await startProxy(urls.app) }
  const through = { ...urls, owner: proxies.owner.url, app: proxies.app.url }
  const { origin, part } = await world.start(subject, through, { DATABASE_POOL: '1' })
  const people = await subject.prepare(urls.owner, { verify: warm + counted, read: 10, signIn: 2 })
  const total = () => proxies.owner.count() + proxies.app.count()
  const per = async (requests: Parameters<typeof each>[0]) => {
    const before = total()
    await load(origin, 1, each(requests))
    return (total() - before) / requests.length
  }
  const codes = people.verify.map((one) => one(stepNow()))
  await per(codes.slice(0, warm))
  await per(people.read)
  await per(people.signIn)
  const counts = {
    verify: await per(codes.slice(warm)),
    read: await per(people.read),
    signIn: await per(people.signIn),
  }
  await part.stop()
  proxies.owner.stop()
  proxies.app.stop()
  return counts
}
