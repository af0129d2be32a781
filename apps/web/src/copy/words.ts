const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'] as const

/** "One try is left", "Three tries are left". */
export const triesLeftText = (tries: number): string =>
  `${small[tries] ?? tries} ${tries === 1 ? 'try is' : 'tries are'} left.`

/** Rounded up, so that nobody comes back too early: 840 → "14 minutes". */
export const durationText = (seconds: number): string => {
  const [size, word] =
    seconds < 90
      ? [1, 'second']
      : seconds < 5_400
        ? [60, 'minute']
        : seconds < 129_600
          ? [3_600, 'hour']
          : [86_400, 'day']
  const count = Math.max(1, Math.ceil(seconds / size))
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
