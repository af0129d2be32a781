import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  test: {
    name: 'web',
    environment: 'jsdom',
    // A browser and modules of its own for each file, as ever, but jsdom itself is loaded once.
    pool: 'vmForks',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['test-setup.ts'],
    // A person typing, simulated letter by letter, takes its time on a busy machine.
    testTimeout: 20_000,
  },
})
