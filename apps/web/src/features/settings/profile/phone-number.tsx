import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { Flag } from '../../../ui/phone/flag.tsx'

/** A whole number as people write it, with its flag; a masked one as it comes. */
const PhoneNumber = ({ number }: { number: string }) => {
  const parsed = number.includes('•') ? undefined : parsePhoneNumberFromString(number)
  return (
    <span className="flex items-center gap-2">
      {parsed?.country && <Flag country={parsed.country} />}
      <span className="num">{parsed?.formatInternational() ?? number}</span>
    </span>
  )
}

export default PhoneNumber
