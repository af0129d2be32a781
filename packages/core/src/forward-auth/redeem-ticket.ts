import * as passes from '../db/stores/applications/passes.ts'
import type { Deps } from '../deps.ts'
import { hashToken, newToken } from '../keys/tokens.ts'

/**
 * Makes a pass of a ticket: once, within a minute, at the host it is for, and only in the browser that was sent to
 * the portal from there. So a ticket that is read somewhere is worth nothing, and nobody can be signed in as
 * somebody else by a link. @returns the pass, or null
 */
export const redeemTicket = async (
  deps: Deps,
  { host, ticket, browser }: { host: string; ticket: string; browser: string },
): Promise<string | null> => {
  const pass = newToken()
  const redeemed = await passes.redeem(deps.sql, {
    host,
    ticketHash: hashToken(ticket),
    browserHash: hashToken(browser),
    tokenHash: hashToken(pass),
    now: deps.clock.now(),
  })
  return redeemed ? pass : null
}
