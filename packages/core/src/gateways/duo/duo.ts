/** A company's keys of its "Web SDK" application at Duo, unsealed. */
export type DuoKeys = { integrationKey: string; secretKey: string; apiHost: string }

/** A connection in use: which one, and its keys. */
export type DuoConnection = { id: string; keys: DuoKeys }

/**
 * - wrong-keys: Duo does not accept the keys (or they cannot be keys)
 * - unavailable: no answer, a time-out, 5xx, a redirect
 * - nonsense: an answer that is not Duo's contract
 * - refused: an answer that proves nothing: spent code, other person, wrong signature, issuer, audience or time
 */
export type DuoFailure = {
  ok: false
  why: 'wrong-keys' | 'unavailable' | 'nonsense' | 'refused'
  /** For the audit; never what Duo sent. */
  detail: string
}

/** What Duo vouches for. `bypass` means that its policy let the person through without a second factor. */
export type DuoProof = { ok: true; status: 'allow' | 'bypass'; factor: string }

/** Duo Universal Prompt (Web SDK v4). Every outcome is a value. */
export type Duo = {
  /** Whether this host may be spoken to at all: Duo's own, or exactly the sandbox's (attack A-51). */
  isHost: (host: string) => boolean
  /** Duo's health check, signed with these keys. */
  check: (keys: DuoKeys) => Promise<{ ok: true } | DuoFailure>
  /** Where to send the browser. */
  promptUrl: (
    keys: DuoKeys,
    visit: { username: string; state: string; redirectUrl: string },
  ) => Promise<{ ok: true; url: string } | DuoFailure>
  /** What the code of a browser that came back is worth. */
  exchange: (
    keys: DuoKeys,
    back: { username: string; code: string; redirectUrl: string },
  ) => Promise<DuoProof | DuoFailure>
}
