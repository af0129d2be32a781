type Props = { id: string; value: string; disabled: boolean; onInput: (digits: string) => void }

const places = [0, 1, 2, 3, 4, 5]

/** One real field over six drawn cells, three and three. */
export const NumberCells = ({ id, value, disabled, onInput }: Props) => (
  <div class="cells">
    {places.map((place) => (
      <span key={place} class={`cell ${place === value.length ? 'now' : ''}`} aria-hidden="true">
        {value[place]}
      </span>
    ))}
    <input
      id={id}
      inputMode="numeric"
      autoComplete="off"
      maxLength={6}
      disabled={disabled}
      value={value}
      onInput={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 6)
        event.currentTarget.value = digits
        onInput(digits)
      }}
    />
  </div>
)
