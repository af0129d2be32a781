const locale = 'en-GB'
const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })

/** "Today, 09:12", "18 Nov, 16:40", "18 Nov 2025, 16:40"; and the full words for a title. */
export const momentText = (at: string, now: Date = new Date()): { text: string; full: string } => {
  const date = new Date(at)
  const sameDay = year.format(date) === year.format(now)
  const sameYear = date.getFullYear() === now.getFullYear()
  const on = sameDay ? 'Today' : (sameYear ? day : year).format(date)
  return { text: `${on}, ${time.format(date)}`, full: full.format(date) }
}
