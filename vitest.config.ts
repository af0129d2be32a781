import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Vitest would leave one processor free, which of two is half. Said here, it holds for every project below.
process.env.VITEST_MAX_WORKERS ??= String(Math.max(2, availableParallelism() - 1))

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
          // Loading the portal takes longer than most files' tests. Its modules keep nothing between requests, which
          // sharing them proves anew; what files must not share is the database, and each has its own.
          isolate: false,
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
