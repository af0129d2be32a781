import { randomBytes } from 'node:crypto'

export type Claims = Record<string, unknown>

/** Somebody who came in, by what the portal said of them. */
export type AppSession = {
  idToken: string
  sub: string
  /** The portal's name for its session: what a logout token speaks of. */
  sid: string | undefined
  claims: Claims
  userinfo: Claims
}

/** A sign-in under way in one browser. */
export type Flow = {
  verifier: string
  nonce: string
  state: string
  maxAge: number | undefined
  acr: string | undefined
}

/** A few of each are enough for a demonstration; the oldest makes room. */
const most = 500

const newKey = () => randomBytes(32).toString('base64url')

const store = <T>() => {
  const all = new Map<string, T>()
  return {
    all,
    put: (value: T): string => {
      const key = newKey()
      all.set(key, value)
      const [oldest] = all.keys()
      if (all.size > most && oldest !== undefined) all.delete(oldest)
      return key
    },
    find: (key: string | undefined): T | undefined => (key === undefined ? undefined : all.get(key)),
    /** Gives it out once. */
    take: (key: string | undefined): T | undefined => {
      const found = key === undefined ? undefined : all.get(key)
      if (key !== undefined) all.delete(key)
      return found
    },
  }
}

/** What an application remembers; it is gone with the process, like everything in the sandbox. */
export function createAppSessions() {
  const sessions = store<AppSession>()
  const flows = store<Flow>()
  /** Logout tokens that were seen: each counts once (Back-Channel Logout 1.0 §2.6). */
  const spent = new Set<string>()
  return {
    sessions,
    flows,
    /** Ends one session of the portal's, or all of a person's where none is named. @returns how many ended */
    endAll: ({ sub, sid }: { sub: string | undefined; sid: string | undefined }): number => {
      const over = [...sessions.all].filter(([, one]) => (sid ? one.sid === sid : one.sub === sub))
      for (const [key] of over) sessions.all.delete(key)
      return over.length
    },
    /** False for a token that was seen before. */
    spend: (jti: string): boolean => {
      if (spent.has(jti)) return false
      if (spent.size >= most) spent.clear()
      spent.add(jti)
      return true
    },
    clear: () => {
      sessions.all.clear()
      flows.all.clear()
    },
  }
}

export type AppSessions = ReturnType<typeof createAppSessions>
