/** Grey bones in the final layout, for what takes longer than two seconds. No shimmer. */
export const Bones = ({ rows = 1, label = 'Loading' }: { rows?: number; label?: string }) => (
  <div className="grid gap-5" role="status" aria-busy="true" aria-label={label}>
    {Array.from({ length: rows }, (_, row) => (
      <div className="flex items-center gap-3" key={row}>
        <span className="tile" />
        <div className="grid grow gap-2">
          <div className="bone w-[45%]" />
          <div className="bone w-[70%]" />
        </div>
      </div>
    ))}
  </div>
)
