import { wakeOverdue } from '../../db/stores/webhooks/sends.ts'
import type { Deps } from '../../deps.ts'

/** What time brings to webhooks: sends that are due, and those whose process died with them. */
export const webhooksTick = (deps: Deps): Promise<void> => wakeOverdue(deps.sql, deps.clock.now())
