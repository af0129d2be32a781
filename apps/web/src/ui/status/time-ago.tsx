import { useEffect, useState } from 'react'

const locale = 'en-GB'
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** "18 Nov 2026". */
export const dateText = (at: string | number | Date): string => day.format(new Date(at))

/** "2 hours ago", "in 3 minutes"; from a week on, the date. */
const agoText = (at: string | number | Date, now: number): string => {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000)
  const size = Math.abs(seconds)
  if (size < 45) return seconds <= 0 ? 'just now' : 'in a moment'
  if (size < 3_570) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 84_600) return relative.format(Math.round(seconds / 3_600), 'hour')
  if (size < 7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return dateText(at)
}

/**
 * A moment as people say it, the full time as its title. Counts on by the minute. `past` is for what has happened:
 * where the portal's clock is ahead of ours, it happened just now.
 */
export const TimeAgo = ({ at, past }: { at: string; past?: boolean }) => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={full.format(new Date(at))}>
      {agoText(at, past ? Math.max(now, new Date(at).getTime()) : now)}
    </time>
  )
}
