import type { EnrolmentDay, EnrolmentHistory } from '@countersign/contract/company'

type Factors = EnrolmentHistory['factors']

/** One method's share of the people, 0 to 100, on one day. */
export const shareOf = (day: EnrolmentDay, factor: Factors[number]['factor']): number =>
  day.people === 0 ? 0 : ((day.byFactor[factor] ?? 0) / day.people) * 100

export const securedOn = (day: EnrolmentDay): number =>
  Object.values(day.byFactor).reduce<number>((sum, count) => sum + (count ?? 0), 0)

export const percent = (share: number): string => `${Math.round(share)}%`

/** Methods that somebody used at some time, strongest first; a table of nothing but zeros helps nobody. */
export const usedFactors = ({ factors, days }: EnrolmentHistory): Factors =>
  factors.filter(({ factor }) => days.some((day) => (day.byFactor[factor] ?? 0) > 0))

const parts = ['none', 'one in five', 'two in five', 'three in five', 'four in five', 'all'] as const

/** "Four in five of them by something stronger than a text." */
export const strengthSentence = ({ factors, days }: EnrolmentHistory): string => {
  const today = days.at(-1)
  const secured = today ? securedOn(today) : 0
  if (!today || secured === 0) return ''
  const strong = factors
    .filter(({ strength }) => strength > 1)
    .reduce((sum, { factor }) => sum + (today.byFactor[factor] ?? 0), 0)
  const word = parts[Math.floor((strong / secured) * 5)] ?? 'none'
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)} of them by something stronger than a text.`
}
