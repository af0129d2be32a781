import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    name: 'authenticator',
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'https://portal.test/authenticator/' } },
    include: ['src/**/*.test.{ts,tsx}'],
  },
})
