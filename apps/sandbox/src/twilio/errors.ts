import type { Context } from 'hono'

/** Twilio's codes with their HTTP status and words. Source: twilio.com/docs/api/errors. */
const errors = {
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20500: [503, 'Internal Server Error'],
  60200: [400, 'Invalid parameter'],
  60202: [429, 'Max check attempts reached'],
  60203: [429, 'Max send attempts reached'],
  60204: [403, 'This feature is not enabled for the service'],
  60205: [403, 'SMS is not supported by landline phone number'],
  60212: [429, 'Too many concurrent requests for phone number'],
  60223: [400, 'Delivery channel disabled'],
  60238: [403, 'Verification creation blocked'],
  60410: [403, 'The destination phone number has been temporarily blocked by Fraud Guard'],
  60605: [403, 'Delivery blocked: the destination country is not allowed by the geographic permissions'],
} as const satisfies Record<number, readonly [number, string]>

export type TwilioErrorCode = keyof typeof errors

/** An answer as `RestException` of the official clients reads it. */
export function twilioError(c: Context, code: TwilioErrorCode, detail?: string) {
  const [status, words] = errors[code]
  const message = detail === undefined ? words : `${words}${detail}`
  return c.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status)
}

/** Twilio names the parameter and repeats the value. */
export function invalidParameter(c: Context, name: string, value: string | undefined) {
  return twilioError(c, 60200, ` \`${name}\`: ${value ?? ''}`)
}

export function notFound(c: Context) {
  const path = new URL(c.req.url).pathname.replace(/^.*?\/v2/, '')
  const message = `The requested resource ${path} was not found`
  const more_info = 'https://www.twilio.com/docs/errors/20404'
  return c.json({ code: 20404, message, more_info, status: 404 }, 404)
}
