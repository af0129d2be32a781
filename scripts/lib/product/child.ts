import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../paths.ts'
import type { Part } from './parts.ts'

interface ChildOptions {
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Folder of the log file; what the child prints goes there. */
  logs: string
  /** Also show what it prints here, after its name. */
  echo: boolean
  /** Ends it at once. */
  signal?: AbortSignal
}

const dieWithParent = new URL('./die-with-parent.ts', import.meta.url).href

/** Runs one of our Node programs in a process group of its own, so that its end is decided here alone. */
export function startChild(name: string, options: ChildOptions): Part {
  const child = spawn(process.execPath, ['--import', dieWithParent, ...options.args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(options.signal && { signal: options.signal }),
  })
  child.on('error', () => {}) // Being aborted is no news; what did not start says so by closing.
  const lastWords = record(name, child, options)
  return { name, process: child, lastWords, stop: () => stop(child) }
}

function record(name: string, child: ChildProcess, { logs, echo }: ChildOptions): () => string {
  mkdirSync(logs, { recursive: true })
  const file = createWriteStream(join(logs, `${name}.log`), { mode: 0o600 })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (lines.length > 30) lines.shift()
      file.write(`${line}\n`)
      if (echo) console.log(`${name} | ${line}`)
    })
  }
  child.once('close', () => file.end())
  return () => lines.join('\n')
}

/** Asks it to stop, and ends it when it takes too long to be called fast. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 1_700)
  await gone
  clearTimeout(impatience)
}
