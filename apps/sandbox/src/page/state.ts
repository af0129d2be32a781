import type { Clock } from '../control/clock/clock.ts'
import type { Faults } from '../control/faults.ts'
import type { Message, Messages } from '../messages/messages.ts'
import { type LineType, lineType } from '../numbers/line-type.ts'
import { type PhoneNumber, phoneNumber } from '../numbers/phone-number.ts'
import { demoPeople, ownerOf } from './people.ts'

const shownOnAPhone = 20
const shownInTheMailbox = 100

const kinds: Record<LineType, string> = {
  mobile: 'mobile',
  landline: 'desk phone',
  fixedVoip: 'fixed internet phone',
  nonFixedVoip: 'internet phone',
  premium: 'premium number',
}

export function kindOf(number: PhoneNumber): string {
  const type = lineType(number)
  return type ? kinds[type] : 'Canadian number'
}

type Parts = { clock: Clock; faults: Faults; messages: Messages }

/** All that the page shows, in one answer. */
export function pageState({ clock, faults, messages }: Parts) {
  const mails = messages.list({ channel: 'email' })
  return {
    now: clock.now().toISOString(),
    offsetMs: clock.offsetMs(),
    faults: faults.all(),
    phones: phones([...messages.list({ channel: 'sms' }), ...messages.list({ channel: 'call' })]),
    mails: mails.slice(0, shownInTheMailbox).map(({ id, to, subject, sentAt, code }) => {
      return { id, to, subject, sentAt, code }
    }),
    mailCount: mails.length,
  }
}

/** A phone for each number of the demonstration and each that was written to; the latest to ring comes first. */
function phones(received: Message[]) {
  const byNumber = new Map<string, Message[]>()
  for (const { number } of demoPeople) if (number) byNumber.set(number, [])
  for (const message of received) {
    const list = byNumber.get(message.to)
    if (list) list.push(message)
    else byNumber.set(message.to, [message])
  }
  return [...byNumber]
    .map(([number, list]) => phone(number, list))
    .sort((a, b) => b.latest.localeCompare(a.latest))
}

function phone(number: string, received: Message[]) {
  const parsed = phoneNumber(number)
  const newestFirst = received.sort((a, b) => b.sentAt.localeCompare(a.sentAt))
  return {
    number,
    shown: parsed?.international ?? number,
    country: parsed?.country ?? null,
    label: [ownerOf(number), parsed && kindOf(parsed)].filter(Boolean).join(', '),
    latest: newestFirst[0]?.sentAt ?? '',
    messages: newestFirst.slice(0, shownOnAPhone).map(({ id, channel, text, code, sentAt }) => {
      return { id, channel, text, code, sentAt }
    }),
  }
}
