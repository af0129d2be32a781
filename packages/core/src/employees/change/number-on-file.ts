import type { TypedNumber } from '@countersign/contract'
import type { NumberOnFile } from '../../db/stores/employees/write.ts'
import type { Deps } from '../../deps.ts'
import { parseNumber, unsuitableKind } from '../../factors/phone/number.ts'
import { Problem } from '../../problem.ts'

const field = { mobileNumber: 'phone-not-digits' } as const

const unsuitable = (detail: string) =>
  new Problem('phone-unsuitable', { fields: { mobileNumber: 'phone-unsuitable' }, detail })

/**
 * A mobile number as it is kept on file: typed as a continuous number, digits only.
 * @throws Problem `phone-not-digits` with the cleaned number, `phone-invalid`, `phone-unsuitable`
 */
const readDigits = ({ country, national }: TypedNumber): string => {
  if (!/^\d+$/.test(national)) {
    const suggestion = national.normalize('NFKC').replace(/\D/g, '')
    throw new Problem('phone-not-digits', { fields: field, ...(suggestion && { suggestion }) })
  }
  const number = parseNumber(national, country)
  if (!number) throw new Problem('phone-invalid', { fields: { mobileNumber: 'phone-invalid' } })
  const kind = unsuitableKind(number.type)
  if (kind) throw unsuitable(kind)
  return number.e164
}

/**
 * The same with what the provider knows of the line. Without an answer the number is kept all the same; the
 * question is asked again when the answer is needed.
 */
export const numberOnFile = async (
  deps: Deps,
  typed: TypedNumber | null | undefined,
): Promise<NumberOnFile | null | undefined> => {
  if (!typed) return typed
  const e164 = readDigits(typed)
  const answer = await deps.gateways.texts.lineType(e164)
  if (!answer.ok) return { e164, lineType: null }
  if (answer.lineType === 'unsuitable') throw unsuitable(unsuitableKind(answer.detail) ?? answer.detail)
  return { e164, lineType: answer.lineType }
}
