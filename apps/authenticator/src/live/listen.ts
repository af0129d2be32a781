import { openEvents } from '../api.ts'

const longestPause = 30_000
const pollEvery = 5_000

/** Reads a stream to its end, calling `wake` whenever something came; what it says does not matter. */
const drain = async (response: Response, wake: () => void) => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
    if (done) return
    if (value?.includes('event: wake')) wake()
  }
}

/**
 * Keeps a stream open for these accounts, and asks every few seconds while there is none. Every wake-up and every
 * new connection looks at everything, so nothing that happened in a gap is lost.
 * @returns what ends it
 */
export const listen = (tokens: string[], wake: () => void): (() => void) => {
  const ended = new AbortController()
  let streaming = false
  let pause = 1000
  const connect = async () => {
    while (!ended.signal.aborted) {
      try {
        const response = await openEvents(tokens, ended.signal)
        streaming = true
        pause = 1000
        await drain(response, wake)
      } catch {
        pause = Math.min(pause * 2, longestPause)
      }
      streaming = false
      if (ended.signal.aborted) return
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  void connect()
  const poll = setInterval(() => {
    if (!streaming && document.visibilityState === 'visible') wake()
  }, pollEvery)
  const seen = () => document.visibilityState === 'visible' && wake()
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('online', wake)
  return () => {
    ended.abort()
    clearInterval(poll)
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('online', wake)
  }
}
