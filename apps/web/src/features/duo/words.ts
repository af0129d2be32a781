/** "1 person", "7 people". */
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** "Ada, Grace and 12 others": at most so many names, and how many are left. */
export const names = (group: { count: number; first: { name: string }[] }, most = 5): string => {
  const shown = group.first.slice(0, most).map((one) => one.name)
  const left = group.count - shown.length
  if (left > 0) return `${shown.join(', ')} and ${left === 1 ? '1 other' : `${left} others`}`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? 'Nobody')
}
