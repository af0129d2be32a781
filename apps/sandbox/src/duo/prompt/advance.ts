import { phoneNumber } from '../../numbers/phone-number.ts'
import { type Device, deviceKinds, systems } from '../directory.ts'
import type { Duo } from '../duo.ts'
import type { Parameters } from '../oauth/parameters.ts'
import type { Visit } from '../visits.ts'

const oneOf = <T extends string>(options: Record<T, string>, value: string | undefined): T | undefined =>
  (Object.keys(options) as T[]).find((option) => option === value)

/** Takes what was entered on the visit's page and goes on; answers a complaint instead when it cannot. */
export function advance(duo: Duo, visit: Visit, entered: Parameters): string | undefined {
  switch (visit.step) {
    case 'start':
      visit.step = 'kind'
      return
    case 'kind':
      visit.chosen.kind = oneOf(deviceKinds, entered.kind) ?? 'mobile'
      visit.step = 'number'
      return
    case 'number': {
      visit.typed = entered.number ?? ''
      const number = phoneNumber(visit.typed.replace(/[\s().-]/g, ''))
      if (!number) return 'That is not a phone number. Start with + and the country code.'
      visit.chosen.number = number.e164
      visit.step = 'system'
      return
    }
    case 'system':
      visit.chosen.system = oneOf(systems, entered.system) ?? 'ios'
      visit.step = 'app'
      return
    case 'app':
      visit.step = 'qr'
      return
    case 'qr':
      if (!visit.activated) return
      duo.directory.setUp(visit.username, deviceOf(visit))
      sendPush(duo, visit)
      return
    case 'push':
      sendPush(duo, visit)
  }
}

function deviceOf({ chosen }: Visit): Device {
  return { kind: chosen.kind ?? 'mobile', system: chosen.system ?? 'ios', number: chosen.number ?? null }
}

/** Asks the person's phone, unless it is being asked already. */
export function sendPush(duo: Duo, visit: Visit) {
  visit.step = 'push'
  const asked = visit.pushId === undefined ? undefined : duo.pushes.find(visit.pushId)
  const user = duo.directory.find(visit.username)
  if (asked?.status === 'waiting' || !user) return
  visit.pushId = duo.pushes.send(user).id
}
