import { paths } from '../paths.ts'

const key = 'left-from'

/** Keeps the page that a question sent somebody away from to another site, for when they come back. */
export const rememberLeftFrom = () =>
  sessionStorage.setItem(key, `${location.pathname}${location.search}${location.hash}`)

/** That page, once; only ever one of our own. */
export const takeLeftFrom = (): string => {
  const path = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return path && /^\/(?![/\\])/u.test(path) ? path : paths.home
}
