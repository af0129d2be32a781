import type { ComponentProps, ReactNode } from 'react'
import { Strength, type StrengthLevel } from '../status/strength.tsx'

export type Choice<Value extends string> = {
  value: Value
  name: string
  sentence?: ReactNode
  strength?: StrengthLevel
  /** Shown in place of the sentence; the choice cannot be taken. */
  reason?: string
}

export type ChoiceListProps<Value extends string> = Omit<
  ComponentProps<'input'>,
  'value' | 'onChange' | 'type' | 'checked'
> & {
  legend: string
  name: string
  choices: readonly Choice<Value>[]
  value: Value | null
  onChange: (value: Value) => void
}

/** Radio buttons as tiles. Native inputs: arrows, Space and form filling work as everywhere. */
export const ChoiceList = <Value extends string>({
  legend,
  name,
  choices,
  value,
  onChange,
  ref,
  ...rest
}: ChoiceListProps<Value>) => (
  <fieldset className="options">
    <legend className="sr-only">{legend}</legend>
    {choices.map((choice, index) => (
      <label className="option radio" key={choice.value}>
        <input
          {...rest}
          ref={index === 0 ? ref : undefined}
          type="radio"
          name={name}
          value={choice.value}
          checked={choice.value === value}
          disabled={choice.reason !== undefined}
          onChange={() => onChange(choice.value)}
        />
        <span className="what">
          <b>{choice.name}</b>
          {(choice.reason ?? choice.sentence) && (
            <span className="text-sm text-ink-2">{choice.reason ?? choice.sentence}</span>
          )}
        </span>
        {choice.strength && <Strength level={choice.strength} />}
      </label>
    ))}
  </fieldset>
)
