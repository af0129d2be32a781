import { ChoiceLinkBody, type ChoiceLinkBodyProps } from './choice-link.tsx'

/** A choice that acts at once, within `<ul className="options">`. `off` leaves it readable and without effect. */
export const ChoiceButton = ({
  off,
  onPress,
  ...body
}: ChoiceLinkBodyProps & { off?: boolean; onPress: () => void }) => (
  <li>
    <button
      type="button"
      className="option"
      aria-disabled={off || undefined}
      onClick={() => {
        if (!off) onPress()
      }}
    >
      <ChoiceLinkBody {...body} />
    </button>
  </li>
)
