/** One large ring at the lower right of sign-in screens; `.answered` around it lets it breathe viridian. */
export const Watermark = () => (
  <svg className="watermark" viewBox="0 0 32 32" aria-hidden="true">
    <path d="M24.67 9.23A11 11 0 1 0 24.67 22.77" />
    <path className="answer" d="M26.27 12.06A11 11 0 0 1 26.27 19.94" />
  </svg>
)
