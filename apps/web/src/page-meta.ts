const meta = (selector: string): HTMLMetaElement | null => document.querySelector(selector)

/**
 * The nonce of this page load. Browsers empty the attribute so that styles cannot read it; the property keeps it
 * (HTML, §nonce attributes).
 */
export const pageNonce = (): string => meta('meta[property="csp-nonce"]')?.nonce ?? ''

/** The sandbox's address while the portal runs with one, otherwise null. */
export const sandboxUrl = (): string | null => meta('meta[name="countersign-sandbox"]')?.content || null
