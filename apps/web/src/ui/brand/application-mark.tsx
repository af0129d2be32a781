import { inkOn } from './ink-on.ts'

/** The logo of an application, or its first letter on its own colour. */
export const ApplicationMark = ({
  name,
  logo,
  colour,
}: {
  name: string
  logo: string | null
  colour: string | null
}) =>
  logo ? (
    <img className="application-mark" src={logo} alt="" />
  ) : (
    <span
      className="application-mark"
      aria-hidden="true"
      style={colour ? { background: colour, color: inkOn(colour), borderColor: 'transparent' } : {}}
    >
      {name.slice(0, 1).toLocaleUpperCase()}
    </span>
  )
