import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import { TextInput } from './text-input.tsx'

export type PasswordInputProps = Omit<ComponentProps<'input'>, 'type'> & {
  autoComplete: 'current-password' | 'new-password'
}

/** A password with a button that shows it. Paste and password managers work. */
export const PasswordInput = (props: PasswordInputProps) => {
  const [shown, setShown] = useState(false)
  return (
    <div className="affix">
      <TextInput
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...props}
        type={shown ? 'text' : 'password'}
      />
      <IconButton
        label={shown ? 'Hide password' : 'Show password'}
        icon={shown ? EyeOff : Eye}
        aria-controls={props.id}
        onClick={() => setShown(!shown)}
      />
    </div>
  )
}
