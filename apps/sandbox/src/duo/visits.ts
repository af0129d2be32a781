import { randomBytes } from 'node:crypto'
import type { Device } from './directory.ts'

/** What an application asked for, after its signature was checked. */
export type AuthorizeRequest = {
  username: string
  redirectUri: string
  state: string
  nonce: string | undefined
  /** Name of the parameter that carries the code back. */
  codeParameter: 'duo_code' | 'code'
}

export type Step = 'start' | 'kind' | 'number' | 'system' | 'app' | 'qr' | 'push'

/** One person's stay at the prompt. Its id is the only key to it, so it cannot be guessed. */
export type Visit = AuthorizeRequest & {
  id: string
  step: Step
  chosen: Partial<Device>
  /** The number as it was typed, to be put right when it is none. */
  typed: string
  activated: boolean
  pushId: string | undefined
  startedAt: number
}

/** How somebody got through, for the token. */
export type Passed = { how: 'push' | 'bypass'; device: Device | undefined }

/** What a code stands for until it is exchanged, once. */
export type Grant = AuthorizeRequest & Passed & { grantedAt: number }

const tenMinutes = 10 * 60_000
const fiveMinutes = 5 * 60_000
const secret = () => randomBytes(32).toString('base64url')

/** Visits at the prompt, and the codes that come out of them. Both die of age on the product's clock. */
export function createVisits(now: () => Date) {
  const visits = new Map<string, Visit>()
  const grants = new Map<string, Grant>()
  const age = (since: number) => now().getTime() - since
  const sweep = () => {
    for (const [id, visit] of visits) if (age(visit.startedAt) >= tenMinutes) visits.delete(id)
    for (const [code, grant] of grants) if (age(grant.grantedAt) >= fiveMinutes) grants.delete(code)
  }

  return {
    open: (request: AuthorizeRequest, step: Step): Visit => {
      sweep()
      const fresh = { chosen: {}, typed: '', activated: false, pushId: undefined, startedAt: now().getTime() }
      const visit = { ...request, ...fresh, id: secret(), step }
      visits.set(visit.id, visit)
      return visit
    },
    find: (id: string): Visit | undefined => {
      sweep()
      return visits.get(id)
    },
    /** Ends the visit and answers the code to take back to the application. */
    grant: (visit: Visit, passed: Passed): string => {
      const { username, redirectUri, state, nonce, codeParameter } = visit
      const request = { username, redirectUri, state, nonce, codeParameter }
      const code = secret()
      grants.set(code, { ...request, ...passed, grantedAt: now().getTime() })
      visits.delete(visit.id)
      return code
    },
    end: (visit: Visit) => void visits.delete(visit.id),
    /** Takes the grant out: whoever comes second finds nothing. */
    redeem: (code: string): Grant | undefined => {
      sweep()
      const grant = grants.get(code)
      grants.delete(code)
      return grant
    },
    clear: () => {
      visits.clear()
      grants.clear()
    },
  }
}
