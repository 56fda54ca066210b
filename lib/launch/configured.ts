import { readFileSync } from 'node:fs'
import { migrate } from '@/db/migrate'
import { loadEnv } from '@/lib/env'
import type { Addresses } from './addresses'
import type { Cleanup } from './cleanup'
import { build } from './demo'
import { withoutOwner } from './environment'
import { requireFreePorts } from './ports'
import { productProcesses } from './processes'
import { step } from './progress.mjs'
import { runProcesses } from './run-processes'

/** Starts the product against a database and services of its own, all of which the environment must name. */
export async function startConfigured(
  source: NodeJS.ProcessEnv,
  addresses: Addresses,
  dev: boolean,
  cleanup: Cleanup,
): Promise<void> {
  const { DATABASE_URL } = loadEnv(source)
  const { PORT, API_PORT } = addresses.ports
  await requireFreePorts({ PORT, API_PORT })
  const ownerUrl = ownerUrlFrom(source) ?? DATABASE_URL
  const appRole = new URL(DATABASE_URL).username
  const isSeparate = appRole !== new URL(ownerUrl).username
  await Promise.all([
    step('Bringing the database up to date', 'Database up to date', () =>
      migrate(ownerUrl, isSeparate ? appRole : undefined),
    ),
    dev || build(source),
  ])
  const processes = runProcesses(
    productProcesses(addresses, dev),
    { ...withoutOwner(source), NODE_ENV: dev ? 'development' : 'production' },
    cleanup,
  )
  await Promise.all(processes.map((each) => each.untilReady()))
}

function ownerUrlFrom(source: NodeJS.ProcessEnv): string | undefined {
  const file = source.MIGRATE_DATABASE_URL_FILE
  return source.MIGRATE_DATABASE_URL || (file ? readFileSync(file, 'utf8').trim() : undefined)
}
