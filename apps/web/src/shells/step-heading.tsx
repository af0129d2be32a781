import { useEffect, useRef } from 'react'

// The first heading after a page load stays unfocused: the browser begins at the top by itself.
let loaded = false

/**
 * The one `h1`. It takes the focus whenever a new step or page appears, so that readers say where people are.
 * `step` names the step where the component stays mounted and only its words change.
 */
export const StepHeading = ({ step, children }: { step?: string; children: string }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is the reason to focus, not an input
  useEffect(() => {
    // What somebody has opened meanwhile keeps the focus: a menu would close under their hand.
    if (loaded && !document.activeElement?.closest('[role=menu],[role$=dialog]')) heading.current?.focus()
    loaded = true
  }, [step])
  return (
    <>
      <title>{`${children} · Countersign`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  )
}
