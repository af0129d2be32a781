/** Three words to compare by ear, large enough to read out without a slip. */
export const Words = ({ words }: { words: readonly string[] }) => (
  <ol className="flex flex-wrap gap-2" aria-label="Three words">
    {words.map((word) => (
      <li key={word} className="rounded-md border border-line bg-surface px-3 py-1 text-lg font-semibold">
        {word}
      </li>
    ))}
  </ol>
)
