import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    name: 'authenticator',
    environment: 'jsdom',
    // A browser and modules of its own for each file, as ever, but jsdom itself is loaded once.
    pool: 'vmForks',
    environmentOptions: { jsdom: { url: 'https://portal.test/authenticator/' } },
    include: ['src/**/*.test.{ts,tsx}'],
  },
})
