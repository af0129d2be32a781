/**
 * The code in a mail's text, as a person would spot it: a line that is nothing but 6 to 10 capitals and digits,
 * either in groups of one length (`K7PD2-9XWQM`, `407 912`) or in one piece with at least one digit. Groups of
 * different lengths are dates and phone numbers. Answered without its separators.
 */
export function findCode(text: string | null): string | null {
  for (const line of (text ?? '').split(/\r?\n/)) {
    const groups = line.trim().split(/[- ]/)
    const code = groups.join('')
    const looksLikeCode = /^[A-Z0-9]{6,10}$/.test(code) && groups.every((g) => g.length === groups[0]?.length)
    // Two capitalised words of equal length are a heading, unless a hyphen holds them together.
    const certain = /\d/.test(code) || (groups.length > 1 && !line.trim().includes(' '))
    if (looksLikeCode && certain) return code
  }
  return null
}
