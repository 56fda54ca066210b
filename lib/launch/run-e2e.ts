import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { addressesFrom } from './addresses'
import { browserArguments, findBrowser } from './browser'
import { ended, root } from './children'
import { Cleanup } from './cleanup'
import { serveControl } from './control'
import { startDemo } from './demo'
import { freePorts } from './ports'
import { throwaway } from './postgres/server'
import { step } from './progress.mjs'
import { endWithUs } from './reaper'
import { onStopSignal } from './signals'
import { removeTemporary, temporaryDataDir } from './temporary'

const cleanup = new Cleanup()

onStopSignal(async () => {
  await cleanup.run()
  process.exit(130)
})

try {
  const code = await runBrowserTests()
  await cleanup.run()
  process.exit(code)
} catch (error) {
  console.error(`\n${(error as Error).message}`)
  await cleanup.run()
  process.exit(1)
}

/** The production build on ports and a database of its own, then Playwright with our arguments. */
async function runBrowserTests(): Promise<number> {
  const browser = await step('Looking for a browser', 'Browser found', findBrowser)
  const dataDir = temporaryDataDir()
  cleanup.add(() => removeTemporary(dataDir))
  const source = { ...withoutDatabase(process.env), ...(await freePorts('PORT', 'API_PORT', 'MAILBOX_PORT')) }
  const addresses = addressesFrom(source)
  const demo = await startDemo(
    { source, dataDir, addresses, dev: false, databaseSettings: throwaway },
    cleanup,
  )
  const results = join(root, 'test-results')
  mkdirSync(results, { recursive: true })
  const playwright = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        CONSOLE_URL: addresses.console,
        API_URL: addresses.api,
        MAILBOX_URL: addresses.mailbox,
        E2E_CONTROL_URL: await serveControl(demo, cleanup),
        E2E_DATABASE_URL: demo.server.ownerUrl(),
        E2E_DATA_DIR: dataDir,
        E2E_BROWSER: browser,
        E2E_BROWSER_ARGUMENTS: JSON.stringify(browserArguments()),
        E2E_REPORT: process.env.E2E_REPORT || join(results, 'e2e.json'),
      },
    },
  )
  endWithUs(playwright)
  await ended(playwright)
  return playwright.exitCode ?? 1
}

/** A configured installation in the environment must not be what the tests run against. */
function withoutDatabase(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, ...rest } = source
  return rest
}
