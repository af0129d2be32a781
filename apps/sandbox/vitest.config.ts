import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'sandbox',
    environment: 'node',
    include: ['{src,test}/**/*.test.ts'],
    // Each test starts a sandbox of its own, and its modules keep nothing: they need not be loaded for each file.
    isolate: false,
  },
})
