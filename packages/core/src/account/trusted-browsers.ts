import type { TrustedBrowserRow } from '@countersign/contract'
import { record } from '../audit/record.ts'
import { after } from '../clock.ts'
import * as trusts from '../db/stores/company/trusts.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Caller, Deps } from '../deps.ts'
import { describeBrowser } from '../mail/browser.ts'
import { parameters } from '../policy/parameters.ts'
import { Problem } from '../problem.ts'
import { ofSession } from '../sign-in/session.ts'

/** Where the person is not asked for the second factor, and until when. */
export const listTrustedBrowsers = async (deps: Deps, session: LiveSession): Promise<TrustedBrowserRow[]> => {
  const rows = await trusts.listLive(deps.sql, session.personId, deps.clock.now())
  return rows.map(({ id, network, verifiedAt, userAgent }) => ({
    id,
    network,
    browser: describeBrowser(userAgent ?? ''),
    checkedAt: verifiedAt.toISOString(),
    until: after(verifiedAt, parameters.trust.life).toISOString(),
  }))
}

/** From now on the browser is asked again. @throws Problem `not-found`, also for somebody else's */
export const forgetTrustedBrowser = (deps: Deps, caller: Caller, session: LiveSession, id: string) =>
  deps.sql.begin(async (tx) => {
    const network = await trusts.end(tx, id, session.personId)
    if (!network) throw new Problem('not-found')
    await record(tx, deps.clock.now(), caller, {
      event: 'trust.ended',
      ...ofSession(session),
      detail: { network },
    })
  })
