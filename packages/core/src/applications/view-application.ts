import type { ApplicationCard, ApplicationDress } from '@countersign/contract'
import { type Door, listDoors } from '../db/stores/applications/oidc/doors.ts'
import type { LiveSession } from '../db/stores/sign-in/sessions.ts'
import type { Deps } from '../deps.ts'
import { asksNothing, judgeEntry } from './judge-entry.ts'

/** Whose door it is, for people who may not have signed in yet. */
export const dressOf = ({
  name,
  logo,
  colour,
}: Pick<Door, 'name' | 'logo' | 'colour'>): ApplicationDress => ({
  name,
  logo,
  colour,
})

/** The applications this session may open, by name; those that would first ask for a factor are among them. */
export const listApplications = async (deps: Deps, session: LiveSession): Promise<ApplicationCard[]> => {
  const now = deps.clock.now()
  const doors = await listDoors(deps.sql, session.id)
  return doors.flatMap((door) => {
    const { outcome } = judgeEntry(door, session, asksNothing, now)
    const homeUrl = homeOf(deps, door)
    if (homeUrl === null || outcome === 'refuse' || outcome === 'choose-company') return []
    return [{ id: door.id, ...dressOf(door), homeUrl }]
  })
}

/** Where an application begins; one behind a proxy begins at its first host. */
const homeOf = ({ origin }: Pick<Deps, 'origin'>, { homeUrl, hosts }: Door): string | null => {
  const [host] = hosts
  return homeUrl ?? (host === undefined ? null : `${new URL(origin).protocol}//${host}/`)
}
