import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig, devices } from '@playwright/test'
import { z } from 'zod'

const { CI, CONSOLE_URL, E2E_BROWSER, E2E_BROWSER_ARGUMENTS, E2E_REPORT } = process.env
if (!CONSOLE_URL) throw new Error('Run the browser tests with `npm run e2e`, which starts what they test.')

export default defineConfig({
  testDir: '.',
  outputDir: fileURLToPath(new URL('../test-results/e2e', import.meta.url)),
  workers: Math.min(2, availableParallelism()),
  forbidOnly: Boolean(CI),
  // Two browsers, five processes and Postgres share few cores there. The report names as flaky what needed its second
  // try: look at it, such a test has shown a fault of the product before. Elsewhere the first try counts.
  retries: CI ? 1 : 0,
  // Some sign four people in, one after another; a busy machine takes long for it.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: E2E_REPORT }]],
  use: {
    baseURL: CONSOLE_URL,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: E2E_BROWSER,
      args: z.array(z.string()).parse(JSON.parse(E2E_BROWSER_ARGUMENTS || '[]')),
    },
  },
  projects: [
    {
      name: 'desktop',
      testMatch: '**/*.spec.ts',
      testIgnore: '**/*.alone.spec.ts',
      use: devices['Desktop Chrome'],
    },
    {
      // What stops a server or the clock would fail its neighbours.
      name: 'alone',
      testMatch: '**/*.alone.spec.ts',
      use: devices['Desktop Chrome'],
      workers: 1,
      dependencies: ['desktop'],
    },
  ],
})
