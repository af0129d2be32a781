import { PasswordField } from './password-field.tsx'
import type { BoundProps } from './use-bound-field.tsx'

/** Long enough is all we ask of its making; the server also knows lists of those tried first (NIST SP 800-63B §3.1.1.2). */
const longEnough = (password: string): string | true =>
  [...password.normalize('NFC')].length >= 15 ||
  'The password needs at least 15 characters. A few words are easy to remember.'

/** A password to be chosen, with the rule beside it. */
export const NewPasswordField = (props: Pick<BoundProps, 'name' | 'label'>) => (
  <PasswordField
    {...props}
    autoComplete="new-password"
    hint="At least 15 characters, any you like. A few words are easy to remember."
    required="Type a new password."
    validate={longEnough}
  />
)
