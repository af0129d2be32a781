import type { ProblemCode } from '@countersign/contract/problem'
import type { PromptResponse } from '@countersign/contract/prompt'
import { useEffect, useRef } from 'react'

/** How often the page asks while no stream is open, ms. */
const pollEvery = 2_000
/** And while one is, in case it is open in name only. */
const lookEvery = 15_000

type Sender = { send: (response: PromptResponse) => void; pending: boolean }

const over: ProblemCode[] = ['challenge-over', 'attempt-over', 'not-signed-in']

/** Whether there is nothing left to wait for. */
export const isOver = (problem: { code: ProblemCode } | null): boolean =>
  problem !== null && over.includes(problem.code)

/**
 * Goes on by itself when something was answered elsewhere: told by a stream, which the browser opens again by
 * itself, and asked for while there is none. Every new stream begins with a look, so nothing is lost in between.
 */
export const useWaiting = (challengeId: string, { send, pending }: Sender, on = true) => {
  const state = useRef({ send, pending, due: false })
  useEffect(() => {
    state.current.send = send
    state.current.pending = pending
    if (pending || !state.current.due) return
    state.current.due = false
    send({ waiting: true })
  })
  useEffect(() => {
    if (!on) return
    const look = () => {
      if (state.current.pending) state.current.due = true
      else state.current.send({ waiting: true })
    }
    const stream = new EventSource(`/api/challenges/${challengeId}/events`)
    stream.addEventListener('wake', look)
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
      if (stream.readyState !== EventSource.OPEN || ticks % (lookEvery / pollEvery) < 1) look()
    }, pollEvery)
    return () => {
      clearInterval(timer)
      stream.close()
    }
  }, [challengeId, on])
}
