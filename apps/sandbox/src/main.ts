import { readSettings } from './env.ts'
import { createSandbox } from './sandbox.ts'

try {
  const sandbox = await createSandbox(readSettings(process.env))
  console.log(`Countersign sandbox: ${sandbox.url} (mail on port ${sandbox.ports.smtp})`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
  }
} catch (error) {
  // A wrong setting or a port in use: the sentence helps, the stack does not.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
