import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate } from '@/db/migrate'
import type { Addresses } from './addresses'
import { buildIfStale } from './build'
import { runNode } from './children'
import type { Cleanup } from './cleanup'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres'
import { demoEnvironment, withoutOwner } from './environment'
import { takeLock } from './lock'
import { appRole } from './postgres/databases'
import { type Settings, stopServer } from './postgres/server'
import { mailboxProcess, type ProcessSpec, productProcesses } from './processes'
import { say, step } from './progress.mjs'
import { type Running, runProcesses } from './run-processes'
import { demoSecrets } from './secrets'
import { supervise } from './supervise'

export type DemoOptions = {
  source: NodeJS.ProcessEnv
  dataDir: string
  addresses: Addresses
  dev: boolean
  databaseSettings?: Settings
}

export type Demo = {
  database: Running
  processes: Running[]
  server: EmbeddedPostgres
  environment: NodeJS.ProcessEnv
}

/** Starts everything on this machine, with data that invites to try it; `cleanup` stops it again. */
export async function startDemo(options: DemoOptions, cleanup: Cleanup): Promise<Demo> {
  const { source, dataDir, addresses, dev } = options
  cleanup.add(takeLock(dataDir))
  const logDirectory = emptyDirectory(join(dataDir, 'logs'))
  const secrets = demoSecrets(dataDir)

  async function startDatabase() {
    const server = await step('Starting the database', 'Database ready', () =>
      startEmbeddedPostgres(dataDir, secrets, options.databaseSettings),
    )
    const database = superviseServer(server)
    cleanup.add(() => database.stop())
    await migrate(server.ownerUrl(), appRole)
    const environment = {
      ...demoEnvironment(source, addresses, secrets, server.appUrl(), dataDir),
      NODE_ENV: dev ? 'development' : 'production',
    } as const
    return { server, database, environment }
  }

  async function fillDatabase() {
    const { server, environment } = await databaseReady
    const mailbox = runProcesses([mailboxProcess(addresses)], environment, cleanup, logDirectory)
    await mailbox[0]?.untilReady()
    await step('Looking after the demo data', 'Demo data there', () =>
      runNode('Preparing the demo data', ['--import', 'tsx', 'db/seed.ts'], {
        ...environment,
        MIGRATE_DATABASE_URL: server.ownerUrl(),
      }),
    )
    return mailbox
  }

  /** The worker waits for the demo's data: it would replace what fell due in a past that is still being made. */
  async function startProduct(filled: Promise<unknown>) {
    const [{ environment }] = await Promise.all([databaseReady, dev || build(source)])
    const run = (processes: ProcessSpec[]) =>
      runProcesses(processes, environment, cleanup, dev ? undefined : logDirectory)
    const specs = productProcesses(addresses, dev)
    return step('Starting the console, the API and the worker', 'Console, API and worker ready', async () => {
      const product = run(specs.filter(({ name }) => name !== 'worker'))
      await filled
      product.push(...run(specs.filter(({ name }) => name === 'worker')))
      await Promise.all(product.map((each) => each.untilReady()))
      return product
    })
  }

  const databaseReady = startDatabase()
  const mailboxReady = fillDatabase()
  const [ready, mailbox, product] = await Promise.all([
    databaseReady,
    mailboxReady,
    startProduct(mailboxReady),
  ])
  return { ...ready, processes: [...mailbox, ...product] }
}

export function build(source: NodeJS.ProcessEnv): Promise<void> {
  return buildIfStale(withoutOwner(source), (work) => step('Building the console', 'Console built', work))
}

/** The first child is the one that is already running. */
function superviseServer(server: EmbeddedPostgres): Running {
  let adopted = false
  const spawn = () => {
    if (adopted) return server.start()
    adopted = true
    return server.child()
  }
  const database = supervise({ name: 'database', label: 'database' }, spawn, stopServer, say)
  database.start()
  const untilReady = async () => {
    while (database.pid() === undefined) await sleep(20)
  }
  return { ...database, untilReady }
}

function emptyDirectory(directory: string): string {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  return directory
}
