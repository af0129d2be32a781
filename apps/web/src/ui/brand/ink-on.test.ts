import { expect, test } from 'vitest'
import { inkOn } from './ink-on.ts'

const share = (value: number) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4)
const steps = Array.from({ length: 16 }, (_, index) => index * 17)

test('the letter stands out on every colour an operator can choose (WCAG 2.2, 1.4.3)', () => {
  const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b] as const)))
  expect(colours).toHaveLength(4096)
  for (const [r, g, b] of colours) {
    const colour = `#${[r, g, b].map((one) => one.toString(16).padStart(2, '0')).join('')}`
    const light = 0.2126 * share(r) + 0.7152 * share(g) + 0.0722 * share(b)
    const contrast = inkOn(colour) === '#ffffff' ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05
    expect(contrast).toBeGreaterThanOrEqual(4.5)
  }
})

test('light on dark and dark on light', () => {
  expect(inkOn('#1f5f8b')).toBe('#ffffff')
  expect(inkOn('#ffd94a')).toBe('#000000')
})
