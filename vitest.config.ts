import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{app,components,db,lib}/**/*.test.ts'],
    globalSetup: './db/testing/global-setup.ts',
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
