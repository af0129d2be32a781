/**
 * Whether a person looks at what comes back, so that they can be sent to sign in; a program gets its status. Browsers
 * of today say it themselves (Fetch Metadata); else whoever takes HTML and is no script.
 */
export const isPage = (header: (name: string) => string | undefined): boolean => {
  const mode = header('sec-fetch-mode')
  if (mode !== undefined) return mode === 'navigate'
  if (header('x-requested-with') !== undefined) return false
  return /\btext\/html\b/i.test(header('accept') ?? '')
}
