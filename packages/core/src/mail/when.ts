const format = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
})

/** "Sunday 22 November at 01:40 UTC": a mail does not know where it is read. */
export const when = (moment: Date | string): string => format.format(new Date(moment))
