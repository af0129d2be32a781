import { Mark } from './mark.tsx'

/** Mark and name. Put it inside the link or heading that carries the class `brand`. */
export const LockUp = ({ name = 'Countersign' }: { name?: string }) => (
  <>
    <Mark />
    {name}
  </>
)
