import { defineConfig } from 'vite'
import { precompress } from '../web/precompress.ts'

const portal = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  base: '/authenticator/',
  plugins: [precompress()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The Content-Security-Policy allows fonts from 'self' only, no data: addresses.
    assetsInlineLimit: 0,
    sourcemap: false,
    rolldownOptions: {
      input: { page: 'index.html', 'service-worker': 'src/service-worker.ts' },
      output: {
        // The worker's address is what it is registered under, so it carries no hash.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy: { '/api': portal } },
})
