/** First in the tab order: past the bars to the content. */
export const SkipLink = () => (
  <a className="skip" href="#main">
    Skip to content
  </a>
)
