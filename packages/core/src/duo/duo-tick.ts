import { days } from '../clock.ts'
import type { Deps } from '../deps.ts'
import { queueBatch } from '../mail/queue-batch.ts'

/** Days after the set-up on which those who are not bound yet are reminded. */
const reminders = [2, 10] as const

/** Reminds of Duo on day 2 and 10. Run every minute; each batch goes out once by its key, and only while it is its day. */
export const duoTick = async (deps: Deps): Promise<void> => {
  const now = deps.clock.now()
  const rows = await deps.sql<{ id: string; companyId: string; name: string; setUpAt: Date }[]>`
    select d.id, d.company_id, c.name, d.set_up_at from duo_settings d join companies c on c.id = d.company_id
    where d.reset_at is null and d.set_up_at between ${new Date(now.getTime() - days(11))} and ${now}`
  for (const row of rows) {
    const age = now.getTime() - row.setUpAt.getTime()
    // Whoever slept through day 2 is reminded on day 10, and not twice at once.
    const day = reminders.filter((one) => age >= days(one)).at(-1)
    if (day === undefined) continue
    await queueBatch(deps.sql, now, {
      key: `duo-reminder:${row.id}:${day}`,
      companyId: row.companyId,
      template: 'duo-reminder',
      audience: 'duo-due',
      params: { company: row.name, origin: deps.origin },
    })
  }
}
