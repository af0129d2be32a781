/** A device that answered a pairing code. */
export type PairedDevice = {
  /** P-256, SPKI DER, base64url; its private half never left the device. */
  publicKey: string
  /** What its tokens are made of, base64url. */
  secret: string
  name: string
}

export type ApprovalRequest = {
  authenticatorId: string
  personId: string
  company: { id: string; name: string } | null
  owner: { kind: 'attempt' | 'session'; id: string }
  number: string
  address: string
  browser: string
  now: Date
  life: number
}

/**
 * - pending: another sign-in waits for this person's answer
 * - too-many: the budget of requests is spent
 * - muted: the person refused several in a row
 */
export type NotAsked = { ok: false; why: 'pending' | 'too-many' | 'muted'; retryAfter: number }

/** Questions to a device of ours, which answers later and elsewhere. */
export type Approvals = {
  /** Makes a pairing code for a pending authenticator; seconds to wait where too many were made. */
  openPairing: (pairing: {
    authenticatorId: string
    personId: string
    now: Date
    life: number
  }) => Promise<{ ok: true; code: string } | { ok: false; retryAfter: number }>
  /** The device that took the code; null while none has. */
  paired: (authenticatorId: string) => Promise<PairedDevice | null>
  ask: (request: ApprovalRequest) => Promise<{ ok: true; id: string } | NotAsked>
  /** Over: nobody answered in time, or it was taken back. */
  decision: (requestId: string, now: Date) => Promise<'waiting' | 'approved' | 'denied' | 'over'>
  /** Takes a request back that was answered otherwise. */
  withdraw: (requestId: string, now: Date) => Promise<void>
}
