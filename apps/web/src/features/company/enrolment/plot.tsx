import type { EnrolmentDay, EnrolmentHistory } from '@countersign/contract/company'
import { area, stack } from 'd3-shape'
import { dateText } from '../../../ui/status/time-ago.tsx'
import { percent, shareOf, usedFactors } from './shares.ts'

type Props = { history: EnrolmentHistory }
type Factor = EnrolmentHistory['factors'][number]

const colours = ['var(--plot-1)', 'var(--plot-2)', 'var(--plot-3)', 'var(--plot-4)'] as const

/** A colour belongs to a method, whatever else is on the plot. */
const colourOf = (factors: Factor[], { strength, factor }: Factor): string => {
  if (strength === 3) return colours[0]
  if (strength === 1) return colours[3]
  const strong = factors.filter((one) => one.strength === 2)
  return strong.findIndex((one) => one.factor === factor) === 0 ? colours[1] : colours[2]
}

const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const words = { announced: 'Date announced', required: 'Required' } as const

const spoken = ({ days }: EnrolmentHistory, total: (day: EnrolmentDay) => number): string => {
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return 'Nobody is enrolled yet.'
  return `Share of people enrolled from ${dateText(first.day)} to ${dateText(last.day)}, by method. From ${percent(total(first))} to ${percent(total(last))}.`
}

/** Where a moment lies between the first and the last day, 0 to 100; null outside. */
const place = (days: EnrolmentDay[], at: string): number | null => {
  const [first, last] = [days[0], days.at(-1)].map((day) => (day ? new Date(day.day).getTime() : 0))
  const share = (new Date(at).getTime() - (first ?? 0)) / ((last ?? 0) - (first ?? 0) || 1)
  return share >= 0 && share <= 1 ? share * 100 : null
}

/** Labels at the right end of each band, kept apart so that none lies on another. */
const labelsOf = (tops: { factor: Factor; middle: number; share: number }[]) => {
  let floor = 0
  return tops.map((one) => {
    const at = Math.max(one.middle, floor)
    floor = at + 13
    return { ...one, at }
  })
}

/** Share enrolled over time, stacked by method, strongest at the base: height is promise, base is quality. */
const EnrolmentPlot = ({ history }: Props) => {
  const { days, events } = history
  const factors = usedFactors(history)
  const bands = stack<EnrolmentDay, string>()
    .keys(factors.map(({ factor }) => factor))
    .value((day, key) => shareOf(day, key as Factor['factor']))(days)
  const draw = area<[number, number]>()
    .x((_, index) => (index / Math.max(1, days.length - 1)) * 100)
    .y0(([low]) => 100 - low)
    .y1(([, high]) => 100 - high)
  const total = (day: EnrolmentDay) => factors.reduce((sum, { factor }) => sum + shareOf(day, factor), 0)
  const labels = labelsOf(
    factors.map((factor, index) => {
      const [low = 0, high = 0] = bands[index]?.at(-1) ?? []
      return { factor, middle: (low + high) / 2, share: high - low }
    }),
  )
  const ticks = [0, 4, 8, 12].flatMap((index) => days[index] ?? [])
  return (
    <div className="plot">
      <div className="ys" aria-hidden="true">
        <span>100%</span>
        <span>50</span>
        <span>0</span>
      </div>
      <div className="area">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={spoken(history, total)}>
          {bands.map((band, index) => (
            <path
              key={band.key}
              d={draw(band as unknown as [number, number][]) ?? ''}
              fill={factors[index] ? colourOf(history.factors, factors[index]) : 'none'}
            />
          ))}
          <line x1="0" x2="100" y1="50" y2="50" />
          <line x1="0" x2="100" y1="0" y2="0" />
        </svg>
        {events.map(({ at, kind }) => {
          const left = place(days, at)
          return left === null ? null : (
            <div
              key={kind}
              className="mk"
              data-late={left > 60 || undefined}
              style={{ insetInlineStart: `${left}%` }}
            >
              <span>{words[kind]}</span>
            </div>
          )
        })}
      </div>
      <ul className="direct">
        {labels.map(({ factor, at, share }) => (
          <li key={factor.factor} style={{ insetBlockEnd: `${at}%` }}>
            <i style={{ background: colourOf(history.factors, factor) }} aria-hidden="true" />
            {factor.label} <b className="num">{percent(share)}</b>
          </li>
        ))}
      </ul>
      <div className="xs" aria-hidden="true">
        {ticks.map(({ day }) => (
          <span key={day}>{short.format(new Date(day))}</span>
        ))}
      </div>
    </div>
  )
}

export default EnrolmentPlot
