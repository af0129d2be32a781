import type { Approvals } from './approvals.ts'
import type { Duo } from './duo/duo.ts'
import type { Texts } from './texts.ts'
import type { WebPush } from './web-push.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** What leaves the building. deps.ts of the server fills it, with the sandbox's addresses or the real ones. */
export type Gateways = { texts: Texts; duo: Duo; approvals: Approvals; webPush: WebPush; webhooks: Webhooks }
