import type { SecurityView } from '@countersign/contract/session'

/** Why this browser cannot enrol a factor that the account could have; undefined where it can. */
export const whyNotOffered = ({ icon }: SecurityView['offers'][number]): string | undefined =>
  icon === 'passkey' && !('PublicKeyCredential' in window)
    ? 'This browser cannot use passkeys or security keys.'
    : undefined
