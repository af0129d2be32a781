const initials = (name: string): string => {
  const words = name.split(/\s+/u).filter(Boolean)
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return (first.slice(0, 1) + last.slice(0, 1)).toLocaleUpperCase()
}

/** Two letters in a circle, beside the full name it abbreviates. */
export const Avatar = ({ name }: { name: string }) => (
  <span className="avatar" aria-hidden="true">
    {initials(name)}
  </span>
)
