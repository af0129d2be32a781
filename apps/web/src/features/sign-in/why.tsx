import { useState } from 'react'
import { LinkButton } from '../../ui/button/link-button.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'

/** Two sentences, and more for who wants it. */
export const Why = () => {
  const [more, setMore] = useState(false)
  return (
    <Disclosure summary="Why two-factor authentication?">
      <p>
        Passwords leak, and people reuse them. A second factor means a stolen password alone opens nothing.{' '}
        {!more && (
          <LinkButton inline onClick={() => setMore(true)}>
            Read more
          </LinkButton>
        )}
      </p>
      {more && (
        <p className="mt-2">
          After your password we ask for something only you have: a passkey, an app, or your phone. Whoever
          learns your password, by a leak, a fake page or over your shoulder, still stands outside. It takes a
          minute to set up and a few seconds when you sign in.
        </p>
      )}
    </Disclosure>
  )
}
