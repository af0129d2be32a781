import { ApplicationMark } from './application-mark.tsx'

/** Mark and name of an application, wherever it has to be plain whose door it is. */
export const ApplicationSign = (application: {
  name: string
  logo: string | null
  colour: string | null
}) => (
  <p className="door-sign">
    <ApplicationMark {...application} />
    <span>{application.name}</span>
  </p>
)
