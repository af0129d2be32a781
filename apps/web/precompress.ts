import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const worthwhile = /\.(js|css|svg|json|webmanifest)$/

/** Writes a `.br` and a `.gz` beside each asset, so that the server sends the smallest form and compresses nothing. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    const assets = join(dir, 'assets')
    for (const name of readdirSync(assets).filter((file) => worthwhile.test(file))) {
      const path = join(assets, name)
      const plain = readFileSync(path)
      const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
      writeFileSync(`${path}.br`, brotliCompressSync(plain, { params: quality }))
      writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
    }
  },
})
