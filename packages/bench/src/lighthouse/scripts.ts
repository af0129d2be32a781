import { brotliCompressSync, gzipSync } from 'node:zlib'

export type Script = { name: string; raw: number; gzip: number; brotli: number; sent: number }

/** What the scripts of a page weigh, by both compressions and as the server sent them. Bytes. */
export const weigh = (loaded: { url: string; transferSize: number }[]): Promise<Script[]> =>
  Promise.all(
    loaded.map(async ({ url, transferSize }) => {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
      return {
        name: new URL(url).pathname.split('/').at(-1) ?? url,
        raw: bytes.length,
        gzip: gzipSync(bytes, { level: 9 }).length,
        brotli: brotliCompressSync(bytes).length,
        sent: transferSize,
      }
    }),
  )
