import { Temporal } from 'temporal-polyfill'

/** Beyond ten years certificates, cookies and JSON web tokens fail for reasons that teach nothing. */
export const longestAdvanceMs = 10 * 366 * 24 * 3_600_000

/**
 * Milliseconds of an ISO 8601 duration such as `PT48H`, `P21D` or `P1M`, counted from `from` in UTC, because a
 * month has no length of its own. Undefined for anything else, and for a duration that leads backwards.
 */
export function durationInMs(text: string, from: Date): number | undefined {
  try {
    const relativeTo = Temporal.Instant.from(from.toISOString()).toZonedDateTimeISO('UTC')
    const ms = Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo })
    return ms >= 0 ? Math.round(ms) : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
