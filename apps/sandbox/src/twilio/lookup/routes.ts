import { Hono } from 'hono'
import { validatePhoneNumberLength } from 'libphonenumber-js/max'
import { lineType } from '../../numbers/line-type.ts'
import { type PhoneNumber, phoneNumber } from '../../numbers/phone-number.ts'
import { notFound } from '../errors.ts'
import { carrierOf } from './carrier.ts'

/** Packages of Lookup that exist and that nobody asked us to play: the answer has them, empty. */
const otherPackages = {
  caller_name: null,
  sim_swap: null,
  call_forwarding: null,
  line_status: null,
  identity_match: null,
  reassigned_number: null,
  sms_pumping_risk: null,
  phone_number_quality_score: null,
  pre_fill: null,
}

/** Lookup v2, `GET /v2/PhoneNumbers/{E164}?Fields=line_type_intelligence`. A bad number is 200 and not valid. */
export function lookupRoutes(baseUrl: () => string) {
  return new Hono()
    .get('/v2/PhoneNumbers/:number', (c) => {
      const asked = c.req.param('number')
      const number = phoneNumber(asked)
      const fields = (c.req.query('Fields') ?? '').split(',')
      return c.json({
        calling_country_code: number?.callingCode ?? null,
        country_code: number?.country ?? null,
        phone_number: asked,
        national_format: number?.national ?? null,
        valid: number !== undefined,
        validation_errors: number ? [] : [whyInvalid(asked)],
        ...otherPackages,
        line_type_intelligence:
          number && fields.includes('line_type_intelligence') ? lineTypeIntelligence(number) : null,
        url: `${baseUrl()}/v2/PhoneNumbers/${encodeURIComponent(asked)}`,
      })
    })
    .all('*', notFound)
}

function lineTypeIntelligence(number: PhoneNumber) {
  const { name, ...carrier } = carrierOf(number)
  return { type: lineType(number) ?? null, carrier_name: name, ...carrier }
}

/** Twilio's reasons are libphonenumber's, but for the name of one. */
function whyInvalid(text: string): string {
  const reason = validatePhoneNumberLength(text)
  return reason === 'INVALID_COUNTRY' ? 'INVALID_COUNTRY_CODE' : (reason ?? 'INVALID_BUT_POSSIBLE')
}
