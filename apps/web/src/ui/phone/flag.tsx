import type { CountryCode } from 'libphonenumber-js/min'

const addresses = import.meta.glob<string>('../../../node_modules/country-flag-icons/3x2/*.svg', {
  query: '?url',
  import: 'default',
  eager: true,
})

/** A country's flag beside its name or number. Decoration: the name is in the text. */
export const Flag = ({ country }: { country: CountryCode }) => (
  <img
    className="flag"
    src={addresses[`../../../node_modules/country-flag-icons/3x2/${country}.svg`]}
    alt=""
    loading="lazy"
    decoding="async"
    width={24}
    height={16}
  />
)
