import { join } from 'node:path'
import { root } from './lib/paths.ts'
import { buildStalePages } from './lib/product/web-build.ts'

/** Builds what `pnpm start` would build, so that the first start has nothing left to do. */
const built = await buildStalePages(join(root, '.cache/logs'), AbortSignal.timeout(300_000))
console.log(built.length > 0 ? `Built ${built.join(', ')}.` : 'Every page is up to date.')
