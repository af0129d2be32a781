import { type ReactNode, useEffect, useState } from 'react'

export type SettingsSection = { id: string; label: string }

/** The section that is being read: the last one whose top has passed the upper third. */
const useCurrentSection = (sections: readonly SettingsSection[]): string | undefined => {
  const [current, setCurrent] = useState(sections[0]?.id)
  useEffect(() => {
    const look = () => {
      const passed = sections.filter(({ id }) => {
        const section = document.getElementById(id)
        return section !== null && section.getBoundingClientRect().top < window.innerHeight / 3
      })
      const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2
      const scrolled = window.scrollY > 0
      setCurrent((end && scrolled ? sections.at(-1) : (passed.at(-1) ?? sections[0]))?.id)
    }
    window.addEventListener('scroll', look, { passive: true })
    look()
    return () => window.removeEventListener('scroll', look)
  }, [sections])
  return current
}

/** A side list beside cards; below 768 px a row of tabs that scrolls. Pass `sections` as a constant. */
export const SettingsLayout = ({
  sections,
  children,
}: {
  sections: readonly SettingsSection[]
  children: ReactNode
}) => {
  const current = useCurrentSection(sections)
  return (
    <div className="split">
      <nav className="side" aria-label="On this page">
        {sections.map(({ id, label }) => (
          <a key={id} href={`#${id}`} aria-current={id === current ? 'true' : undefined}>
            {label}
          </a>
        ))}
      </nav>
      <div className="grid min-w-0 gap-6">{children}</div>
    </div>
  )
}
