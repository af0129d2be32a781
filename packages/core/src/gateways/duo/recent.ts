/** Kept at most; a company needs two. The oldest goes, which costs its next visit a little time. */
const most = 500

/** What was made a while ago and serves again. */
export const recent = <Value>(onDrop: (value: Value) => void = () => {}) => {
  const kept = new Map<string, Value>()
  return {
    get: (key: string) => kept.get(key),
    put: (key: string, value: Value): Value => {
      const [oldest] = kept
      if (oldest && kept.size >= most) {
        kept.delete(oldest[0])
        onDrop(oldest[1])
      }
      kept.set(key, value)
      return value
    },
  }
}
