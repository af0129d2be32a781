import Bowser from 'bowser'

/** "Firefox on macOS", for people; "An unknown browser" where it does not say. */
export const describeBrowser = (userAgent: string): string => {
  if (!userAgent) return 'An unknown browser'
  const { browser, os } = Bowser.parse(userAgent)
  if (!browser.name) return 'An unknown browser'
  return os.name ? `${browser.name} on ${os.name}` : browser.name
}
