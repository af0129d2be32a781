import { mailPasswordReset } from '../account/passwords.ts'
import { tellLogout } from '../applications/tell-logout.ts'
import { companyTick } from '../company/tick.ts'
import type { Deps } from '../deps.ts'
import { duoTick } from '../duo/duo-tick.ts'
import { resumeImports, runImport } from '../employees/import/run-import.ts'
import { sendBatch } from '../mail/send-batch.ts'
import type { Task } from '../mail/worker.ts'
import { finishPhoneChanges } from '../recovery/phone-change/finish-phone-change.ts'
import { oweEvents } from '../webhooks/send/owe-events.ts'
import { sendDue } from '../webhooks/send/send-due.ts'
import { webhooksTick } from '../webhooks/send/webhooks-tick.ts'
import { cleanUp } from './clean-up.ts'

/** What time brings, over all features. Run every minute, and by the sandbox whenever it moves the clock. */
export const tick = async (deps: Deps): Promise<void> => {
  await companyTick(deps)
  await duoTick(deps)
  await finishPhoneChanges(deps)
  await resumeImports(deps)
  await webhooksTick(deps)
}

/** The queue's work by name; a feature adds its line. */
export const tasks: Record<string, Task> = {
  tick: (deps) => tick(deps),
  import: (deps, payload) => runImport(deps, String(payload.id)),
  'clean-up': (deps) => cleanUp(deps),
  'password-reset': (deps, payload) => mailPasswordReset(deps, String(payload.asked)),
  'mail-batch': (deps, payload) => sendBatch(deps, String(payload.id)),
  'webhook-events': (deps, payload) => oweEvents(deps, String(payload.companyId)),
}

/** Work that waits for strangers. It has a lane of its own, so that nothing else waits with it. */
export const outsideTasks: Record<string, Task> = {
  'tell-logout': (deps, { sessionId, personId, applicationId }) =>
    tellLogout(deps, {
      sessionId: String(sessionId),
      personId: String(personId),
      applicationId: String(applicationId),
    }),
  'webhook-send': (deps, payload) => sendDue(deps, String(payload.id)),
}
