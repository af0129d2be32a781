import { after } from '../clock.ts'
import type { Db } from '../db/connect.ts'
import type { PushRequest } from '../db/stores/push/push-requests.ts'
import * as attempts from '../db/stores/sign-in/attempts.ts'
import * as sessions from '../db/stores/sign-in/sessions.ts'
import * as throttles from '../db/stores/sign-in/throttles.ts'
import type { Caller, Deps } from '../deps.ts'
import { notify } from '../mail/notify.ts'
import { parameters } from '../policy/parameters.ts'
import { passwordKey } from '../sign-in/begin/password-key.ts'

/**
 * "This is not me": whoever asked knows the password. What they began ends, browsers that never signed in as this
 * person are kept from the password for a while, and the person is told what to do about it (attack A-47).
 */
export const disownRequest = async (
  db: Db,
  deps: Deps,
  caller: Caller,
  person: { id: string; name: string; email: string },
  request: PushRequest,
) => {
  const now = deps.clock.now()
  if (request.ownerKind === 'attempt') await attempts.endAll(db, person.id, now)
  else await sessions.end(db, request.ownerId, person.id, now)
  const until = after(now, parameters.push.disownLock)
  await throttles.block(db, passwordKey(deps, person.email, null), until, now)
  await notify(db, deps, caller, person, {
    template: 'request-disowned',
    key: request.id,
    extra: { browser: request.browser, address: request.address },
  })
}
