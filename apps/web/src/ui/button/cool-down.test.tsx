import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CoolDown } from './cool-down.tsx'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1_000))
const button = () => screen.getByRole('button', { name: 'SMS' })

test('rests with the time, then works', () => {
  const press = vi.fn()
  render(<CoolDown label="SMS" seconds={30} since={1_000_000} onClick={press} />)
  expect(button().textContent).toBe('SMS0:30')
  pass(12)
  expect(button().textContent).toBe('SMS0:18')
  fireEvent.click(button())
  expect(press).not.toHaveBeenCalled()
  pass(18)
  expect(button().textContent).toBe('SMS')
  expect(button().getAttribute('aria-disabled')).toBeNull()
  fireEvent.click(button())
  expect(press).toHaveBeenCalledOnce()
})

test('stays focusable and says when it works again', () => {
  render(<CoolDown label="SMS" seconds={78} since={1_000_000} />)
  button().focus()
  expect(document.activeElement).toBe(button())
  const description = document.getElementById(button().getAttribute('aria-describedby') ?? '')
  expect(description?.textContent).toBe('Available in 1 minute 18 seconds')
})

test('readers hear the start and the end, not each second', () => {
  render(<CoolDown label="SMS" seconds={30} since={1_000_000} />)
  const heard = [screen.getByRole('status').textContent]
  for (let second = 0; second < 31; second += 1) {
    pass(1)
    const now = screen.getByRole('status').textContent
    if (now !== heard.at(-1)) heard.push(now)
  }
  expect(heard).toEqual(['SMS: available again in 30 seconds', 'SMS: available now'])
})

test('the same wait again counts again', () => {
  const { rerender } = render(<CoolDown label="SMS" seconds={30} since={1_000_000} />)
  pass(30)
  rerender(<CoolDown label="SMS" seconds={30} since={1_030_000} />)
  expect(button().textContent).toBe('SMS0:30')
  pass(1)
  expect(button().textContent).toBe('SMS0:29')
})
