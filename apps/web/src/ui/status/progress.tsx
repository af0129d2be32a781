import { Dial } from './dial.tsx'

export type ProgressProps = {
  /** What is counted: "People reset". */
  label: string
  value: number
  max: number
}

const share = ({ value, max }: ProgressProps) => (max > 0 ? value / max : 1)
const words = ({ value, max }: ProgressProps) => `${value} of ${max}`

/** A bar in viridian. Write the count in words beside it. */
export const ProgressBar = (props: ProgressProps) => (
  <div
    className="bar"
    role="progressbar"
    aria-label={props.label}
    aria-valuenow={props.value}
    aria-valuemin={0}
    aria-valuemax={props.max}
    aria-valuetext={words(props)}
  >
    <i style={{ inlineSize: `${share(props) * 100}%` }} />
  </div>
)

/** A large ring with the count inside, for work that takes longer than ten seconds. */
export const ProgressRing = (props: ProgressProps) => (
  <div
    className="dial-number"
    role="progressbar"
    aria-label={props.label}
    aria-valuenow={props.value}
    aria-valuemin={0}
    aria-valuemax={props.max}
    aria-valuetext={words(props)}
  >
    <Dial size={132} share={share(props)} className="text-secured" />
    <span>
      <b className="num">{props.value}</b>
      <small>of {props.max}</small>
    </span>
  </div>
)
