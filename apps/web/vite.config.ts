import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './precompress.ts'

const portal = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  build: {
    // The first browsers with `light-dark()` (Baseline May 2024); for older targets each colour would be doubled.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The Content-Security-Policy allows fonts from 'self' only, no data: addresses.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { proxy: { '/api': portal, '/healthz': portal, '/oidc': portal, '/.well-known': portal } },
})
