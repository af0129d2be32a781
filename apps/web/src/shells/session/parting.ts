const partings = ['signed-out', 'session-over', 'attempt-over'] as const
/** Why somebody who was on the way, or in, stands before the sign-in again. */
export type Parting = (typeof partings)[number]

const key = 'parting'

/** Kept over the page load that a sign-out is; only this tab knows it, so no link can make us say it. */
export const leaveParting = (parting: Parting) => sessionStorage.setItem(key, parting)

/** What was left, once. */
export const takeParting = (): Parting | null => {
  const left = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return partings.find((parting) => parting === left) ?? null
}
