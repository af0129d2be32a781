import { FingerprintPattern, MessageSquareText } from 'lucide-react'
import { useState } from 'react'
import { CheckBox } from '../src/ui/field/check-box.tsx'
import { ChoiceButton } from '../src/ui/field/choice-button.tsx'
import { ChoiceLinkBody } from '../src/ui/field/choice-link.tsx'
import { ChoiceList } from '../src/ui/field/choice-list.tsx'
import { Card } from '../src/ui/layout/card.tsx'

export const Choices = () => {
  const [choice, setChoice] = useState<'a' | 'b' | 'c'>('a')
  return (
    <Card title="Choice">
      <ChoiceList
        legend="Method"
        name="method"
        value={choice}
        onChange={setChoice}
        choices={[
          { value: 'a', name: 'Selected', sentence: 'Edge and tint, never tint alone', strength: 2 },
          { value: 'b', name: 'Other', strength: 1 },
          { value: 'c', name: 'Duo', reason: 'You belong to two companies, so Duo cannot be used for you.' },
        ]}
      />
      <ul className="options">
        <li>
          <a className="option" href="#main">
            <ChoiceLinkBody
              icon={FingerprintPattern}
              tone="action"
              name="Passkey or security key"
              sentence="Your fingerprint, face or PIN on this device, or a key you plug in."
              strength={3}
              because="works only on the real site"
            />
          </a>
        </li>
        <ChoiceButton
          icon={MessageSquareText}
          name="Text message or phone call"
          sentence="A code to your phone number."
          strength={1}
          because="can be intercepted"
          onPress={() => {}}
        />
      </ul>
      <CheckBox defaultChecked>I have saved these</CheckBox>
    </Card>
  )
}
