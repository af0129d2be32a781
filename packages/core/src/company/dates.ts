const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "1 March 2027", for mails; the day in UTC, since a company's people are in many zones. */
export const asDate = (moment: Date): string => day.format(moment)

/** "7 days", "1 day". */
export const asDays = (count: number): string => (count === 1 ? '1 day' : `${count} days`)
