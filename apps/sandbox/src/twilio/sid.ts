import { randomBytes } from 'node:crypto'

/** Twilio's ids: two letters that name the kind, then 32 hexadecimal digits. */
export const newSid = (prefix: 'VE' | 'VL') => prefix + randomBytes(16).toString('hex')
