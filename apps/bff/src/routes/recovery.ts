import { newPasswordSchema, recoverySettingsSchema, sendPasscodeSchema } from '@countersign/contract'
import type { Deps } from '@countersign/core/deps'
import {
  askCallerCheck,
  readCallerCheck,
  reportMismatch,
} from '@countersign/core/recovery/caller-check/caller-check'
import { readPasscode, viewPersonRecovery } from '@countersign/core/recovery/passcode/passcode-status'
import { sendPasscode } from '@countersign/core/recovery/passcode/send-passcode'
import { recoveryOptions } from '@countersign/core/recovery/recovery-options'
import {
  changeRecoverySettings,
  readReadiness,
  readRecoverySettings,
} from '@countersign/core/recovery/recovery-settings'
import { setRecoveryPassword } from '@countersign/core/recovery/set-password'
import { Hono } from 'hono'
import { attemptTokenOf, callerOf, type Env, sessionOf } from '../http/request.ts'
import { idOf, json } from '../http/validate.ts'
import { phoneChangeRoutes } from './phone-changes.ts'

/** Ways back into an account: for whoever lost a factor, and for the Security Admin who helps. */
export const recoveryRoutes = (deps: Deps) =>
  new Hono<Env>()
    .route('/', phoneChangeRoutes(deps))
    .get('/options', async (c) => c.json(await recoveryOptions(deps, attemptTokenOf(c))))
    .post('/password', json(newPasswordSchema), async (c) =>
      c.json(await setRecoveryPassword(deps, callerOf(c), attemptTokenOf(c), c.req.valid('json').next)),
    )
    .get('/people/:id', async (c) =>
      c.json(await viewPersonRecovery(deps, await sessionOf(c, deps), idOf(c.req.param('id')))),
    )
    .post('/people/:id/passcode', json(sendPasscodeSchema), async (c) => {
      const session = await sessionOf(c, deps)
      const { reason } = c.req.valid('json')
      return c.json(await sendPasscode(deps, callerOf(c), session, idOf(c.req.param('id')), reason), 201)
    })
    .get('/passcodes/:id', async (c) =>
      c.json(await readPasscode(deps, await sessionOf(c, deps), idOf(c.req.param('id')))),
    )
    .post('/people/:id/caller-check', async (c) => {
      const session = await sessionOf(c, deps)
      return c.json(await askCallerCheck(deps, callerOf(c), session, idOf(c.req.param('id'))), 201)
    })
    .get('/caller-check', async (c) =>
      c.json({ check: await readCallerCheck(deps, await sessionOf(c, deps)) }),
    )
    .post('/caller-checks/:id/mismatch', async (c) => {
      await reportMismatch(deps, callerOf(c), await sessionOf(c, deps), idOf(c.req.param('id')))
      return c.body(null, 204)
    })
    .get('/settings', async (c) => c.json(await readRecoverySettings(deps, await sessionOf(c, deps))))
    .put('/settings', json(recoverySettingsSchema), async (c) => {
      await changeRecoverySettings(deps, callerOf(c), await sessionOf(c, deps), c.req.valid('json'))
      return c.body(null, 204)
    })
    .get('/readiness', async (c) => c.json(await readReadiness(deps, await sessionOf(c, deps))))
