import type { ChildProcess } from 'node:child_process'

/** One running process of the product. */
export interface Part {
  name: string
  process: ChildProcess
  lastWords: () => string
  stop: () => Promise<void>
}

export interface Parts {
  add: (part: Part) => void
  /** Rejects when a part ends that was not told to. */
  broken: Promise<never>
  stop: () => Promise<void>
}

/** Keeps the running parts together: when one ends unasked the whole is broken, and all stop in order. */
export function createParts(): Parts {
  const parts: Part[] = []
  const broken = Promise.withResolvers<never>()
  broken.promise.catch(() => {})
  let stopping: Promise<void> | undefined
  return {
    add(part) {
      parts.push(part)
      if (stopping) void part.stop()
      part.process.once('close', (code, signal) => {
        if (!stopping) broken.reject(new Error(epitaph(part, code ?? signal)))
      })
    },
    broken: broken.promise,
    stop() {
      stopping ??= stopInOrder(parts)
      return stopping
    },
  }
}

/** The database goes last, because the others still write to it while they stop. */
async function stopInOrder(parts: Part[]): Promise<void> {
  await Promise.all(parts.filter((part) => part.name !== 'database').map((part) => part.stop()))
  await Promise.all(parts.filter((part) => part.name === 'database').map((part) => part.stop()))
}

function epitaph(part: Part, how: unknown): string {
  return `The ${part.name} stopped (${how}). Its last words:\n\n${part.lastWords() || '(none)'}\n`
}
