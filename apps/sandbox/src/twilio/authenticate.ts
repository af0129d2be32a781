import { timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { twilioError } from './errors.ts'

/** HTTP Basic with account SID and auth token; anything else is error 20003. */
export function authenticate(accountSid: string, authToken: string) {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`)
  return createMiddleware(async (c, next) => {
    const given = Buffer.from(c.req.header('authorization') ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      c.header('www-authenticate', 'Basic realm="Twilio API"')
      return twilioError(c, 20003)
    }
    await next()
  })
}
