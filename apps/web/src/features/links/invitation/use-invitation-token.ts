import { useState } from 'react'
import { paths } from '../../../paths.ts'
import { rememberReturn, returnTo } from '../../../shells/session/return-to.ts'
import { useLinkToken } from '../use-link-token.ts'

const before = `${paths.invitation}#`

/** For the way back here from the sign-in, or from another site that asked; in this tab only, and behind the # again. */
export const keepInvitation = (token: string) =>
  rememberReturn({ pathname: paths.invitation, search: '', hash: `#${token}` })

/** The link's secret, out of the address or kept. */
export const useInvitationToken = (): string | null => {
  const [kept] = useState(() => {
    const path = returnTo()
    return path?.startsWith(before) ? path.slice(before.length) : null
  })
  return useLinkToken() ?? kept
}
