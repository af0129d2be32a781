import { readSettings } from './env.ts'
import { createSandbox } from './sandbox.ts'

const sandbox = await createSandbox(readSettings(process.env))
console.log(`Countersign sandbox: ${sandbox.url} (mail on port ${sandbox.ports.smtp})`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    sandbox.stop().then(() => process.exit(0))
  })
}
