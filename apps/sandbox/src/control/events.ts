/** What may change; the page asks again for the parts it hears about. */
export type Topic = 'messages' | 'clock' | 'faults' | 'duo' | 'push'

export type Events = ReturnType<typeof createEvents>

/** A bare publish and subscribe inside one sandbox. */
export function createEvents() {
  const listeners = new Set<(topic: Topic) => void>()
  return {
    emit: (topic: Topic) => {
      for (const listener of [...listeners]) listener(topic)
    },
    /** Returns the function that ends the subscription. */
    on: (listener: (topic: Topic) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
