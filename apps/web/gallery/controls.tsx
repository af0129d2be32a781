import { Pencil, Phone, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../src/ui/button/button.tsx'
import { CoolDown } from '../src/ui/button/cool-down.tsx'
import { IconButton } from '../src/ui/button/icon-button.tsx'
import { LinkButton } from '../src/ui/button/link-button.tsx'
import { CodeInput } from '../src/ui/field/code-input.tsx'
import { Field } from '../src/ui/field/field.tsx'
import { PasswordInput } from '../src/ui/field/password-input.tsx'
import { SelectInput } from '../src/ui/field/select-input.tsx'
import { TextInput } from '../src/ui/field/text-input.tsx'
import { Card } from '../src/ui/layout/card.tsx'
import { PhoneInput } from '../src/ui/phone/phone-input.tsx'
import type { PhoneText } from '../src/ui/phone/phone-text.ts'

const Buttons = () => {
  const [since] = useState(() => Date.now())
  return (
    <Card title="Buttons">
      <div className="flex flex-wrap items-start gap-3">
        <Button variant="primary">Enable 2FA</Button>
        <Button variant="primary" waiting="Checking">
          Log in
        </Button>
        <Button variant="primary" blocked>
          Disabled
        </Button>
        <Button reason="Client accounts cannot be sent a passcode. Contact support.">Send it</Button>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button>Change</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger">Confirm</Button>
        <Button variant="danger-quiet">Sign out</Button>
        <Button size="sm" icon={Plus}>
          Small
        </Button>
        <IconButton label="Edit Grace Hopper" icon={Pencil} />
        <LinkButton>Use 4155550102</LinkButton>
      </div>
      <div className="flex flex-wrap gap-2">
        <CoolDown label="SMS" seconds={30} since={since} />
        <CoolDown label="Phone Call" icon={Phone} seconds={0} since={since} />
      </div>
    </Card>
  )
}

const Fields = () => (
  <Card title="Fields">
    <Field label="Label" hint="A hint, gone when an error takes its place.">
      {(control) => <TextInput {...control} placeholder="Empty" />}
    </Field>
    <Field
      label="Password"
      aside={
        <a className="text-sm" href="#main">
          Forgotten password?
        </a>
      }
    >
      {(control) => (
        <PasswordInput {...control} autoComplete="current-password" defaultValue="plenty of paper" />
      )}
    </Field>
    <Field
      label="API hostname"
      error="That is not one of Duo’s hosts. It looks like api-XXXXXXXX.duosecurity.com."
    >
      {(control) => <TextInput {...control} defaultValue="duo.example.com" />}
    </Field>
    <Field label="Role">
      {(control) => (
        <SelectInput {...control}>
          <option>Employee</option>
          <option>Admin</option>
        </SelectInput>
      )}
    </Field>
  </Card>
)

const Codes = () => {
  const [code, setCode] = useState('407')
  const [wrong, setWrong] = useState('407913')
  const [phone, setPhone] = useState<PhoneText>({ country: 'US', national: '(415) 555-0102' })
  return (
    <Card title="Code and phone">
      <Field label="Six-digit code" hint="Valid for another 4:32. You can paste it.">
        {(control) => <CodeInput {...control} value={code} onChange={setCode} />}
      </Field>
      <Field label="Six-digit code, wrong" error="That is not the code. Three tries are left.">
        {(control) => <CodeInput {...control} value={wrong} onChange={setWrong} />}
      </Field>
      <Field label="Mobile phone number">
        {(control) => <PhoneInput {...control} value={phone} onChange={setPhone} />}
      </Field>
    </Card>
  )
}

export const Controls = () => (
  <>
    <Buttons />
    <Fields />
    <Codes />
  </>
)
