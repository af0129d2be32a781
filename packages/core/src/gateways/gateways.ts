import type { Texts } from './texts.ts'

/** What leaves the building. deps.ts of the server fills it, with the sandbox's addresses or the real ones. */
export type Gateways = { texts: Texts }
