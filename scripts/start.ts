import { watchLauncher } from './lib/product/launcher.ts'
import { startProduct } from './lib/product/product.ts'
import { welcome } from './lib/product/welcome.ts'

const begun = performance.now()
const end = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end.abort())
watchLauncher(() => end.abort())

try {
  console.log('Starting Countersign …')
  const product = await startProduct({ dev: process.argv.includes('--dev'), signal: end.signal })
  const { portal, sandbox, home } = product
  console.log(welcome({ portal, sandbox, home, seconds: (performance.now() - begun) / 1000 }))
  const asked = new Promise((resolve) => end.signal.addEventListener('abort', resolve))
  try {
    await Promise.race([asked, product.broken])
  } finally {
    await product.stop()
  }
  console.log('Countersign has stopped.')
} catch (error) {
  // Being told to stop while starting is no failure.
  if (!end.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
