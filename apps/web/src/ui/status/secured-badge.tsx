import { Mark } from '../brand/mark.tsx'

/** SECURED with how strong below it ("Strongest: passkey"), or, without that, "Not secured". */
export const SecuredBadge = ({ strongest }: { strongest: string | null }) => (
  <p className={strongest === null ? 'seal not' : 'seal'}>
    <Mark state={strongest === null ? 'open' : 'closed'} />
    <span>
      <b>{strongest === null ? 'Not secured' : 'SECURED'}</b>
      <small>{strongest ?? 'Password only'}</small>
    </span>
  </p>
)
