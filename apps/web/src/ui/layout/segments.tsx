export type Segment<Value extends string> = { value: Value; label: string; count?: number }

/** A row of filters, one pressed. It scrolls inside itself on a phone. */
export const Segments = <Value extends string>({
  label,
  segments,
  value,
  onChange,
}: {
  label: string
  segments: readonly Segment<Value>[]
  value: Value
  onChange: (value: Value) => void
}) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset would group form fields; these are toggle buttons
  <div className="segs" role="group" aria-label={label}>
    {segments.map((segment) => (
      <button
        key={segment.value}
        type="button"
        className="seg"
        aria-pressed={segment.value === value}
        onClick={() => onChange(segment.value)}
      >
        {segment.label}
        {segment.count !== undefined && <span className="n">{segment.count}</span>}
      </button>
    ))}
  </div>
)
