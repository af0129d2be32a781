/** What the sealed records of the Authenticator are bound to, so that none opens in another's place. */
export const deviceBinding = (row: { authenticatorId: string; personId: string }) =>
  `push_devices|device|${row.authenticatorId}|${row.personId}`
export const subscriptionBinding = (authenticatorId: string) =>
  `push_subscriptions|subscription|${authenticatorId}`
