import * as passcodes from '../../db/stores/recovery/passcodes.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../problem.ts'

/**
 * Whoever reset the password through the mailbox must not go on with a passcode from the same mailbox, unless an
 * administrator had it sent after that (attack A-31). @throws Problem `not-found`, `passcode-held`
 */
export const requireUsablePasscode = async (deps: Deps, personId: string, id: string) => {
  const live = await passcodes.findLive(deps.sql, personId, deps.clock.now())
  if (live?.id !== id) throw new Problem('not-found')
  if (live.held) throw new Problem('passcode-held')
}
