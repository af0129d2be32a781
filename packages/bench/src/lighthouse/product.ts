import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../scripts/lib/ports.ts'
import { startProduct } from '../../../../scripts/lib/product/product.ts'

/** Starts the product as `pnpm start` does, in a home of its own, and tells how long the start took in seconds. */
export const withProduct = async <T>(
  home: string,
  work: (portal: string, seconds: number) => Promise<T>,
): Promise<T> => {
  Object.assign(process.env, {
    COUNTERSIGN_HOME: home,
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  })
  const begun = performance.now()
  const { portal, stop } = await startProduct({ dev: false, signal: AbortSignal.timeout(600_000) })
  try {
    return await work(portal, (performance.now() - begun) / 1000)
  } finally {
    await stop()
  }
}

export const inTemporaryHome = async <T>(work: (home: string) => Promise<T>): Promise<T> => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  try {
    return await work(home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
