const key = 'return-to'

/** Keeps the page somebody wanted, until their sign-in is done. Only this tab knows it, and only our own paths. */
export const rememberReturn = ({
  pathname,
  search,
  hash,
}: {
  pathname: string
  search: string
  hash: string
}) => sessionStorage.setItem(key, `${pathname}${search}${hash}`)

export const returnTo = (): string | null => sessionStorage.getItem(key)

export const forgetReturn = () => sessionStorage.removeItem(key)
