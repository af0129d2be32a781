import { type ReactNode, useEffect, useRef } from 'react'

// The first heading after a page load stays unfocused: the browser begins at the top by itself.
let loaded = false

/**
 * The one `h1`. It takes the focus whenever a new step or page appears, so that readers say where people are.
 * `step` names the step where the component stays mounted and only its words change.
 */
export const StepHeading = ({
  step,
  title,
  children,
}: {
  step?: string
  title?: string
  children: ReactNode
}) => {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is the reason to focus, not an input
  useEffect(() => {
    if (loaded) heading.current?.focus()
    loaded = true
  }, [step])
  const words = title ?? (typeof children === 'string' ? children : undefined)
  return (
    <>
      {words && <title>{`${words} · Countersign`}</title>}
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  )
}
