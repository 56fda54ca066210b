import { relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Addresses, addressesFrom } from './addresses'
import { root } from './children'
import { Cleanup } from './cleanup'
import { startConfigured } from './configured'
import { startDemo } from './demo'
import { holder } from './lock'
import { requireFreePorts } from './ports'
import { say } from './progress.mjs'
import { onStopSignal } from './signals'

const started = Date.now()
const dev = process.argv.includes('--dev')
const cleanup = new Cleanup()
let stopping = false

onStopSignal(async () => {
  stopping = true
  say('\nStopping …')
  await cleanup.run()
  say('Stopped.')
  process.exit(0)
})

try {
  await start()
} catch (error) {
  // What fails because everything is being stopped is no news.
  if (!stopping) {
    say(`\n${explain(error as NodeJS.ErrnoException)}`)
    await cleanup.run()
    process.exit(1)
  }
}

async function start(): Promise<void> {
  const addresses = addressesFrom(process.env)
  if (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE) {
    await startConfigured(process.env, addresses, dev, cleanup)
    say(
      `Keyturn is ready (${elapsed()}). Console on port ${addresses.ports.PORT}, API on ${addresses.ports.API_PORT}.`,
    )
    return
  }
  const dataDir = resolve(root, process.env.DATA_DIR || '.data')
  await untilPortsAreFree(addresses, dataDir)
  await startDemo({ source: process.env, dataDir, addresses, dev }, cleanup)
  say(welcome(addresses, relative(root, dataDir) || dataDir))
}

/** A launcher that was killed leaves helpers that need a moment to end. */
async function untilPortsAreFree({ ports }: Addresses, dataDir: string): Promise<void> {
  const before = holder(dataDir)
  const deadline = before && !before.alive ? Date.now() + 12_000 : 0
  for (;;) {
    try {
      return await requireFreePorts(ports)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code !== 'EACCES' || !error.path) return error.message
  return `Cannot write ${error.path}. If another user, such as root, started Keyturn here before, give it back:
  sudo chown -R "$(id -un)" ${root}`
}

function welcome(addresses: Addresses, dataDir: string): string {
  return `
Keyturn is ready (${elapsed()}). This is a demo: it listens on this machine only.

  Console   ${addresses.console}
  API       ${addresses.api}
  Mailbox   ${addresses.mailbox}   all mail of the demo arrives here

Sign in as one of these; the code comes by mail:
  admin@example.com, admin2@example.com   Admin of Northwind
  developer@example.com                   Developer
  auditor@example.com                     Auditor
  member@example.com                      Member
  support@example.com                     Support, staff of the platform
  admin@contoso.example                   Admin of Contoso

Data and logs are in ${dataDir}. Ctrl-C stops everything.`
}

function elapsed(): string {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`
}
