import { keepOffset, readOffset } from './vault.ts'

let offset = 0

/** The portal's time as last heard: tokens stay right on a device whose own clock is not. */
export const portalNow = (): number => Date.now() + offset

export const loadClock = async () => {
  offset = await readOffset()
}

/** Half a second of travel is not worth a write. */
const tolerance = 500

export const hearClock = (now: string) => {
  const heard = new Date(now).getTime() - Date.now()
  if (!Number.isFinite(heard) || Math.abs(heard - offset) < tolerance) return
  offset = heard
  void keepOffset(heard)
}
