import type { EnrolmentHistory } from '@countersign/contract/company'
import { dateText } from '../../../ui/status/time-ago.tsx'
import { percent, securedOn, shareOf, usedFactors } from './shares.ts'

/** The plot's numbers, for whoever reads better than they see. */
export const SharesTable = ({ history }: { history: EnrolmentHistory }) => {
  const factors = usedFactors(history)
  return (
    <table className="data">
      <caption className="sr-only">Percent of people enrolled, by method</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {factors.map(({ factor, label }) => (
            <th scope="col" key={factor}>
              {label}
            </th>
          ))}
          <th scope="col">Secured</th>
        </tr>
      </thead>
      <tbody>
        {history.days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{dateText(day.day)}</th>
            {factors.map(({ factor }) => (
              <td className="num" key={factor}>
                {percent(shareOf(day, factor))}
              </td>
            ))}
            <td className="num">
              {securedOn(day)} of {day.people}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
