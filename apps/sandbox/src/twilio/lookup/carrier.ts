import { lineType } from '../../numbers/line-type.ts'
import type { PhoneNumber } from '../../numbers/phone-number.ts'

/** Who carries a number. Canada is answered with 60601, "Authorization required for Canada lookups". */
export function carrierOf(number: PhoneNumber) {
  const known = lineType(number)
  const named = known !== undefined && known !== 'premium'
  return {
    name: named ? 'Sandbox Telecom' : null,
    mobile_country_code: known === 'mobile' ? '001' : null,
    mobile_network_code: known === 'mobile' ? '01' : null,
    error_code: number.country === 'CA' ? 60601 : null,
  }
}
