import { problemIn } from './client.ts'

type Question = { resolve: (proven: boolean) => void }

let question: Question | null = null
const listeners = new Set<() => void>()

const set = (next: Question | null) => {
  question = next
  for (const listener of listeners) listener()
}

/** For the dialog: whether somebody waits for a fresh second factor, and how it ended. */
export const stepUp = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  pending: (): boolean => question !== null,
  settle: (proven: boolean) => {
    question?.resolve(proven)
    set(null)
  },
}

/** Deeds that ask at the same time share one question. */
const ask = () =>
  new Promise<boolean>((resolve) => {
    const before = question
    set({
      resolve: (proven) => {
        before?.resolve(proven)
        resolve(proven)
      },
    })
  })

/**
 * Does a sensitive deed; where the server wants a fresh second factor first, asks for it in place and repeats the
 * request once. Whoever closes the question gets the refusal.
 */
export const withStepUp = async <Result>(deed: () => Promise<Result>): Promise<Result> => {
  try {
    return await deed()
  } catch (error) {
    if (problemIn(error)?.code !== 'step-up-required' || !(await ask())) throw error
    return deed()
  }
}
