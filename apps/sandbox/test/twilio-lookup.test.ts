import twilio from 'twilio'
import { expect, test } from 'vitest'
import { startSandbox } from './start.ts'

async function start() {
  const sandbox = await startSandbox()
  const { accountSid, authToken, lookupsUrl } = (await sandbox.api.get('/credentials')).body.twilio
  const client = twilio(accountSid, authToken)
  client.lookups.baseUrl = lookupsUrl
  const fields = 'line_type_intelligence'
  return { ...sandbox, lookUp: (to: string) => client.lookups.v2.phoneNumbers(to).fetch({ fields }) }
}

test('the last two digits decide the type, in any country but Canada', async () => {
  const { lookUp } = await start()
  const bounds = {
    mobile: [0, 49],
    landline: [50, 69],
    fixedVoip: [70, 79],
    nonFixedVoip: [80, 89],
    premium: [90, 99],
  }
  for (const [type, range] of Object.entries(bounds)) {
    for (const lastTwo of range) {
      const digits = String(lastTwo).padStart(2, '0')
      for (const start of ['+141555501', '+4477009001', '+331501001']) {
        const answer = await lookUp(start + digits)
        expect(answer.valid, start + digits).toBe(true)
        expect(answer.lineTypeIntelligence, start + digits).toMatchObject({ type, errorCode: null })
      }
    }
  }
})

test('a Canadian number is valid, of no type, and needs an authorization', async () => {
  const { lookUp } = await start()
  const answer = await lookUp('+16135550110')
  expect(answer).toMatchObject({ valid: true, countryCode: 'CA', callingCountryCode: '1' })
  expect(answer.lineTypeIntelligence).toMatchObject({
    type: null,
    carrierName: null,
    mobileCountryCode: null,
    mobileNetworkCode: null,
    errorCode: 60601,
  })
})

/** Area codes in service, from the Canadian Numbering Administrator's list, 600 and its like left out. */
const canadian =
  '204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 403 416 418 428 431 437 438 450 468 474 506 514 ' +
  '519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942'

test('every Canadian area code is known to be Canadian', async () => {
  const { lookUp } = await start()
  for (const areaCode of canadian.split(' ')) {
    const answer = await lookUp(`+1${areaCode}5550110`)
    expect(answer.lineTypeIntelligence, areaCode).toMatchObject({ type: null, errorCode: 60601 })
  }
})

test.each([
  ['+1415555', 'TOO_SHORT'],
  ['+4477009001234567', 'TOO_LONG'],
  ['+9991234567', 'INVALID_COUNTRY_CODE'],
  ['hello', 'NOT_A_NUMBER'],
])('%s is an answer that says %s, not an error', async (number, reason) => {
  const { lookUp } = await start()
  const answer = await lookUp(number)
  expect(answer).toMatchObject({ valid: false, lineTypeIntelligence: null })
  expect(answer.validationErrors).toEqual([reason])
})

test('Lookup breaks by itself, while Verify works', async () => {
  const { lookUp, api } = await start()
  await api.put('/faults/lookup', { mode: 'error' })
  await expect(lookUp('+14155550101')).rejects.toMatchObject({ status: 503, code: 20500 })
  await api.delete('/faults/lookup')
  expect((await lookUp('+14155550101')).valid).toBe(true)
})
