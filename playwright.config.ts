import { defineConfig, devices } from '@playwright/test'

// `pnpm e2e` starts a product for each worker, whose environment says which is its own; without it the stories are told
// to the one that `pnpm start` left running.
const products: NodeJS.ProcessEnv[] = JSON.parse(process.env.PRODUCTS || '[{}]')
Object.assign(process.env, products[Number(process.env.TEST_PARALLEL_INDEX || 0)])
const portal = process.env.PORTAL_URL || 'http://localhost:3000'
const executablePath = process.env.CHROMIUM_PATH

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results/e2e',
  // Scenarios and the clock are the whole product's, so two stories at once would change each other's world.
  workers: products.length,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // On a shared machine a story may run out of time through no fault of its own; a second telling is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: portal,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Without its film, which takes a fifth of the processor time of a story; the last picture is kept anyhow.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      // A closed network turns each of the browser's own errands into a wait.
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } } },
  ],
})
