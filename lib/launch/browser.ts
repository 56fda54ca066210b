import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { root } from './children'

/** A Chromium that runs here; each way of finding one is tried only when those before it failed. */
export async function findBrowser(): Promise<string> {
  const ways = [
    () => process.env.CHROMIUM_PATH,
    installed,
    () => chromium.executablePath(),
    downloadedByPlaywright,
    packaged,
    installedByApt,
  ]
  for (const way of ways) {
    const path = await way()
    if (path && runs(path)) return path
  }
  throw new Error('Found no Chromium for the browser tests. Install one, or name it with CHROMIUM_PATH.')
}

/** What a Chromium needs where there is neither a screen nor, for root, a sandbox. */
export function browserArguments(): string[] {
  const isRoot = process.getuid?.() === 0
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-dev-shm-usage',
  ]
}

function runs(path: string): boolean {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
}

function installed(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const directories = (process.env.PATH ?? '').split(delimiter)
  const candidates = [
    ...directories.flatMap((directory) => names.map((name) => join(directory, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ]
  return candidates.find(runs)
}

function downloadedByPlaywright(): string {
  spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 300_000,
  })
  return chromium.executablePath()
}

/** A browser inside an npm package, for Linux on x64; believing to be on Lambda, it brings its libraries. */
async function packaged(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
  try {
    const { default: chromiumPackage } = await import('@sparticuz/chromium')
    return await chromiumPackage.executablePath()
  } catch {
    return undefined
  } finally {
    delete process.env.AWS_EXECUTION_ENV
  }
}

function installedByApt(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']])
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  return installed()
}
