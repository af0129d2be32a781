import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const ownConfig = ['apps/web', 'apps/authenticator', 'apps/sandbox']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['packages/core/src/**/*.test.ts', 'apps/bff/src/**/*.test.ts'],
          globalSetup: 'scripts/testing/database-server.ts',
          // Races and many runs of a property take their time on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          retry: process.env.CI ? 1 : 0,
        },
      },
      {
        test: {
          name: 'plain',
          environment: 'node',
          include: [
            'packages/contract/src/**/*.test.ts',
            'packages/bench/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
        },
      },
      ...ownConfig.filter((folder) => existsSync(`${import.meta.dirname}/${folder}/vitest.config.ts`)),
    ],
  },
})
